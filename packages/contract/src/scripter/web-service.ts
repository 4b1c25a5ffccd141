import type { ScriptValue } from "./agent-script.ts";

/** What a step of a script may ask of another system (agent-features 17, "run web-service action"); set up by administrators. */
export interface WebServiceSetting {
	name: string;
	method: WebServiceMethod;
	/** Scheme and host are fixed; `{{input}}` may stand behind them, encoded. */
	address: string;
	headers: Array<{ name: string; value: string }>;
	/** JSON with `{{input}}` within its texts; nothing is sent where it is empty. */
	body: string;
	/** What a script gives. */
	inputs: string[];
	/** What a script gets: where in the answer's JSON it stands, as `customer.orders[0].id`; empty: the whole answer. */
	outputs: Array<{ name: string; path: string }>;
	/** Within so long it has answered. */
	timeoutSeconds: number;
}

export const webServiceMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type WebServiceMethod = (typeof webServiceMethods)[number];

/** As the console sees it; of secrets that they are there. */
export interface WebServiceView extends WebServiceSetting {
	id: string;
	secretHeaders: Array<{ name: string }>;
	version: number;
}

/** What scripts may reach: one setting of the whole organization. */
export interface ScriptHosts {
	/** Frames and addresses that scripts open; none named: every host. */
	pages: string[];
	/** What web services are at; none named: none. */
	services: string[];
	version: number;
}

/** A body with its inputs in it, which change nothing of its form; undefined where there is none. */
export function filledBody(body: string, inputs: Readonly<Record<string, string>>): string | undefined {
	if (body.trim() === "") return undefined;
	return withInputs(body, (name) => (Object.hasOwn(inputs, name) ? (inputs[name] ?? "") : ""));
}

/**
 * Whether a body is JSON with its inputs within its texts alone. With nothing in it any of them may stand where a list's items do;
 * with a letter one stands in a text, and with a digit in no number; the letter is of no hexadecimal number in a text either.
 */
export function keepsItsForm(body: string): boolean {
	return body.trim() === "" || ["", "g", "1"].every((value) => isJson(withInputs(body, () => value)));
}

function withInputs(body: string, filling: (name: string) => string): string {
	return body.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => JSON.stringify(filling(name.trim())).slice(1, -1));
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** What stands at a path of an answer; null for nothing, JSON for what is no single value. */
export function valueAt(answer: unknown, path: string): ScriptValue {
	let at = answer;
	for (const key of path.split(/[.[\]]+/).filter((part) => part !== "")) {
		if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return null;
		at = (at as Record<string, unknown>)[key];
	}
	if (at === undefined || at === null) return null;
	if (typeof at === "string" || typeof at === "number" || typeof at === "boolean") return cut(at);
	return cut(JSON.stringify(at));
}

/** As much as a variable takes. */
const cut = <T extends string | number | boolean>(value: T) =>
	typeof value === "string" ? value.slice(0, 10_000) : value;
