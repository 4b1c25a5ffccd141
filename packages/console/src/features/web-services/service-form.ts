import { namesIn } from "@inlay/contract/scripter/interpolate";
import { keepsItsForm, type WebServiceMethod, type WebServiceView } from "@inlay/contract/scripter/web-service";

/** A header whose value nobody reads back: where none is entered, the one that it has stays. */
export interface SecretHeader {
	name: string;
	value: string;
	/** It has a value already. */
	isKept?: boolean;
}

/** A web service in a form: lists are lines. */
export interface ServiceForm {
	name: string;
	method: WebServiceMethod;
	address: string;
	/** `name: value` */
	headers: string;
	/** JSON, so that it compares. */
	secretHeaders: string;
	body: string;
	inputs: string;
	/** `name = path` */
	outputs: string;
	timeoutSeconds: string;
}

export const newService: WebServiceView = {
	...{ id: "", name: "", version: 0, method: "GET", address: "https://", headers: [], secretHeaders: [] },
	...{ body: "", inputs: [], outputs: [], timeoutSeconds: 5 },
};

export function serviceFormOf(service: WebServiceView): ServiceForm {
	const { name, method, address, body, inputs, timeoutSeconds } = service;
	return {
		...{ name, method, address, body, inputs: inputs.join("\n"), timeoutSeconds: String(timeoutSeconds) },
		headers: service.headers.map((one) => `${one.name}: ${one.value}`).join("\n"),
		secretHeaders: JSON.stringify(service.secretHeaders.map((one) => ({ name: one.name, value: "", isKept: true }))),
		outputs: service.outputs.map((one) => `${one.name} = ${one.path}`).join("\n"),
	};
}

export const secretsIn = (form: ServiceForm): SecretHeader[] => JSON.parse(form.secretHeaders);

/** What is sent. */
export function serviceBodyOf(form: ServiceForm) {
	return {
		...{ name: form.name.trim(), method: form.method, address: form.address.trim() },
		body: form.method === "GET" ? "" : form.body,
		headers: linesIn(form.headers).map((line) => {
			const [name, value] = parted(line, ":");
			return { name, value };
		}),
		secretHeaders: secretsIn(form).map(({ name, value }) => ({ name: name.trim(), ...(value ? { value } : {}) })),
		inputs: linesIn(form.inputs),
		outputs: linesIn(form.outputs).map((line) => {
			const [name, path] = parted(line, "=");
			return { name, path };
		}),
		timeoutSeconds: Number(form.timeoutSeconds),
	};
}

export function serviceProblems(form: ServiceForm): Set<keyof ServiceForm> {
	const { inputs, headers } = serviceBodyOf(form);
	const knows = (text: string) => namesIn(text).every((name) => inputs.includes(name));
	const isHeader = (name: string) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
	const wrong: Record<keyof ServiceForm, boolean> = {
		name: form.name.trim() === "",
		method: false,
		address: !/^https?:\/\/[^/?#{}@\s]+(\/|\?|$)/i.test(form.address.trim()) || !knows(form.address),
		headers: !headers.every(({ name }) => isHeader(name)),
		secretHeaders: !secretsIn(form).every(
			({ name, value, isKept }) => isHeader(name.trim()) && (value !== "" || isKept),
		),
		body: form.method !== "GET" && (!knows(form.body) || !keepsItsForm(form.body)),
		inputs: inputs.some((name) => /[{}]/.test(name)),
		outputs: false,
		timeoutSeconds: !/^([1-9]|1[0-5])$/.test(form.timeoutSeconds),
	};
	return new Set((Object.keys(wrong) as Array<keyof ServiceForm>).filter((field) => wrong[field]));
}

function linesIn(text: string): string[] {
	return text
		.split("\n")
		.map((line) => line.trim())
		.filter(Boolean);
}

function parted(line: string, by: string): [string, string] {
	const at = line.indexOf(by);
	return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
