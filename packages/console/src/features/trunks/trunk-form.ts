import { mostTrunkCalls } from "@inlay/contract/trunks";
import { linesOf } from "../../session/lines.ts";

export const transports = ["udp", "tcp", "tls"] as const;
export type Transport = (typeof transports)[number];

export const numberForms = ["e164", "digits"] as const;
export type NumberForm = (typeof numberForms)[number];

/** Why one is away that has not said so itself; others are shown in the server's words. */
export const causes = [
	"noAnswer",
	"noConnection",
	"certificate",
	"unknownName",
	"noNames",
	"portTaken",
	"passwordLost",
] as const;

/** How a trunk stands, as the server says. */
export interface TrunkState {
	state: "off" | "trying" | "up" | "down" | "refused";
	/** What the other side has answered, or why there is no answer. */
	reason?: string;
	/** Of one that is away by the server's own finding. */
	cause?: (typeof causes)[number];
	/** When it last had no room for a call, if not long ago. */
	fullAt?: string;
	since: string;
	calls: number;
}

/** A line to the outside, as the server has it (docs/trunks.md). */
export interface Trunk {
	id: string;
	name: string;
	enabled: boolean;
	host: string;
	port?: number;
	transport: Transport;
	domain?: string;
	user?: string;
	hasPassword: boolean;
	registers: boolean;
	encrypted: boolean;
	sources: string[];
	numberForm: NumberForm;
	callerNumber?: string;
	prefixes: string[];
	priority: number;
	maxCalls?: number;
	version: number;
	/** Absent for the moment between its change and its start. */
	status?: TrunkState;
}

/** The same in a form: texts as they are typed, lists one a line. */
export interface TrunkForm {
	name: string;
	enabled: boolean;
	host: string;
	port: string;
	transport: Transport;
	user: string;
	/** Empty leaves the one that is kept. */
	password: string;
	domain: string;
	registers: boolean;
	prefixes: string;
	priority: string;
	maxCalls: string;
	numberForm: NumberForm;
	callerNumber: string;
	sources: string;
	encrypted: boolean;
}

export const newTrunk: Trunk = {
	...{ id: "", name: "", enabled: true, host: "", transport: "udp", hasPassword: false, registers: false },
	...{ encrypted: false, sources: [], numberForm: "e164", prefixes: [], priority: 0, version: 0 },
};

export function trunkFormOf(trunk: Trunk): TrunkForm {
	const { name, enabled, host, port, transport, user = "", domain = "", registers, encrypted } = trunk;
	const { sources, numberForm, callerNumber = "", prefixes, priority, maxCalls } = trunk;
	return {
		...{ name, enabled, host, port: port === undefined ? "" : String(port), transport },
		...{ user, password: "", domain, registers, prefixes: prefixes.join("\n"), priority: String(priority) },
		maxCalls: maxCalls === undefined ? "" : String(maxCalls),
		...{ numberForm, callerNumber, sources: sources.join("\n"), encrypted },
	};
}

/** What is sent. Only for a form without problems. */
export function trunkBodyOf(form: TrunkForm) {
	const { enabled, transport, registers, encrypted, numberForm, password } = form;
	const user = form.user.trim();
	return {
		...{ name: form.name.trim(), host: form.host.trim(), enabled, transport, registers, encrypted, numberForm },
		port: form.port.trim() === "" ? null : Number(form.port),
		user: user || null,
		// Nobody is there any more whose password it would be.
		...(user === "" ? { password: null } : password === "" ? {} : { password }),
		domain: form.domain.trim() || null,
		callerNumber: form.callerNumber.trim() || null,
		maxCalls: form.maxCalls.trim() === "" ? null : Number(form.maxCalls),
		...{ prefixes: linesOf(form.prefixes), sources: linesOf(form.sources), priority: Number(form.priority) },
	};
}

/** Fields that cannot be sent as they are; the server says what else is wrong with them. */
export function trunkProblems(form: TrunkForm): Set<keyof TrunkForm> {
	const isWithin = (text: string, least: number, most: number) =>
		/^\s*\d{1,5}\s*$/.test(text) && Number(text) >= least && Number(text) <= most;
	const wrong: Partial<Record<keyof TrunkForm, boolean>> = {
		name: form.name.trim() === "",
		host: !/^\s*[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?\s*$/i.test(form.host),
		port: form.port.trim() !== "" && !isWithin(form.port, 1, 65_535),
		user: form.user.trim() === "" ? form.registers || form.password !== "" : /\s/.test(form.user.trim()),
		prefixes: !linesOf(form.prefixes).every((one) => /^\+[\s()./-]*[1-9]/.test(one)),
		priority: !isWithin(form.priority, 0, 1000),
		maxCalls: form.maxCalls.trim() !== "" && !isWithin(form.maxCalls, 1, mostTrunkCalls),
		callerNumber: form.callerNumber.trim() !== "" && !/^\s*\+[\s()./-]*[1-9]/.test(form.callerNumber),
		sources: !linesOf(form.sources).every((one) => /^\d+(\.\d+){3}(\/\d{1,2})?$/.test(one)),
	};
	return new Set((Object.keys(wrong) as Array<keyof TrunkForm>).filter((field) => wrong[field]));
}

/** The kept password goes with its place and user: whoever changes one has to know it. */
export function losesPassword(form: TrunkForm, kept: Trunk): boolean {
	const before = trunkFormOf(kept);
	const place = ["host", "port", "transport", "user", "domain"] as const;
	const isElsewhere = place.some((name) => form[name].trim().toLowerCase() !== before[name].toLowerCase());
	return kept.hasPassword && isElsewhere && form.user.trim() !== "" && form.password === "";
}
