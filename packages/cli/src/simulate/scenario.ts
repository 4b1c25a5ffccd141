/** What customers do, as a scenario says it: read whole, or refused with the field named. */
import { isRecord } from "@inlay/contract";
import { readDuration } from "./durations.ts";

/** The states of a call in which its customer may hang up (docs/webcalls.md). */
export const hangUpStates = ["connecting", "waiting", "ringing", "connected", "held"] as const;
export type HangUpState = (typeof hangUpStates)[number];

export interface CallStep {
	kind: "call" | "callback";
	/** Number of the organization; the demo's service number otherwise. */
	to?: string;
	name?: string;
	/** The customer's own number; to that one a callback is asked for. */
	phone?: string;
	/** Texts by name, which come with the call: what a page knows of who calls from it. */
	attributes?: Record<string, string>;
	/** Tone with which the customer speaks, in Hz. */
	hz: number;
	/** How long the customer waits to be answered, and then talks, in ms. */
	patienceMs: number;
	talkMs: number;
	/** Hangs up so long after the call first came to a state, in ms. */
	hangUp?: { when: HangUpState; afterMs: number };
	/** That the server refuses the call is what is wanted: a wrong number. */
	expectsRefusal: boolean;
}

export interface WritingStep {
	kind: "message" | "email";
	subject: string;
	text: string;
}

export type Step = CallStep | WritingStep;

export interface TimedStep {
	/** Milliseconds since the scenario began. */
	atMs: number;
	step: Step;
}

/** A field that cannot be used; the message begins with its name. */
export class ScenarioError extends Error {}

const kinds = ["call", "callback", "message", "email"] as const;
export type StepKind = (typeof kinds)[number];

const callFields = ["to", "name", "phone", "attributes", "hz", "patience", "talk", "hangUp", "expect"];
const writingFields = ["subject", "text"];

/** Reads `{steps: [{at: "2s", call: {…}}, …]}`. Throws {@link ScenarioError}. */
export function readScenario(given: unknown): TimedStep[] {
	if (!isRecord(given)) throw new ScenarioError("steps is missing: a scenario has a list of steps.");
	refuseOthers(given, ["steps"], "");
	const { steps } = given;
	if (!Array.isArray(steps) || steps.length === 0)
		throw new ScenarioError("steps must be a list with one step at least.");
	return steps.map((each, index) => readTimed(each, `steps[${index}]`)).sort((a, b) => a.atMs - b.atMs);
}

/** One step with what is not said filled in. Throws {@link ScenarioError}. */
export function readStep(kind: StepKind, given: unknown, path: string): Step {
	const fields = given ?? {};
	if (!isRecord(fields)) throw new ScenarioError(`${path} must be an object.`);
	if (kind === "message" || kind === "email") {
		refuseOthers(fields, writingFields, path);
		const { subject = "My order 4217", text = "Hello, when will my order 4217 be here?" } = fields;
		return { kind, subject: readText(subject, `${path}.subject`), text: readText(text, `${path}.text`) };
	}
	refuseOthers(fields, callFields, path);
	return readCall(kind, fields, path);
}

function readTimed(given: unknown, path: string): TimedStep {
	if (!isRecord(given)) throw new ScenarioError(`${path} must be an object such as {at: 2s, call: {}}.`);
	refuseOthers(given, ["at", ...kinds], path);
	const [kind, ...others] = kinds.filter((each) => Object.hasOwn(given, each));
	if (!kind || others.length > 0) throw new ScenarioError(`${path} needs one of ${kinds.join(", ")}.`);
	return { atMs: duration(given.at ?? 0, `${path}.at`), step: readStep(kind, given[kind], `${path}.${kind}`) };
}

function readCall(kind: CallStep["kind"], fields: Record<string, unknown>, path: string): CallStep {
	const { to, name, phone, attributes, hz = 440, patience = 60, talk = 10, hangUp, expect } = fields;
	if (typeof hz !== "number" || hz < 50 || hz > 3_400) throw new ScenarioError(`${path}.hz must be from 50 to 3400.`);
	if (expect !== undefined && expect !== "refused") throw new ScenarioError(`${path}.expect can only be refused.`);
	return {
		kind,
		...(to === undefined ? {} : { to: readText(to, `${path}.to`) }),
		...(name === undefined ? {} : { name: readText(name, `${path}.name`) }),
		...(phone === undefined ? {} : { phone: readText(phone, `${path}.phone`) }),
		...(attributes === undefined ? {} : { attributes: readTexts(attributes, `${path}.attributes`) }),
		hz,
		patienceMs: duration(patience, `${path}.patience`),
		talkMs: duration(talk, `${path}.talk`),
		...(hangUp === undefined ? {} : { hangUp: readHangUp(hangUp, `${path}.hangUp`) }),
		expectsRefusal: expect === "refused",
	};
}

function readHangUp(given: unknown, path: string): NonNullable<CallStep["hangUp"]> {
	if (!isRecord(given)) throw new ScenarioError(`${path} must be an object such as {when: ringing, after: 2s}.`);
	refuseOthers(given, ["when", "after"], path);
	const when = hangUpStates.find((each) => each === given.when);
	if (!when) throw new ScenarioError(`${path}.when must be one of ${hangUpStates.join(", ")}.`);
	return { when, afterMs: duration(given.after ?? 0, `${path}.after`) };
}

function refuseOthers(given: Record<string, unknown>, known: readonly string[], path: string): void {
	const other = Object.keys(given).find((key) => !known.includes(key));
	if (other === undefined) return;
	const name = path === "" ? other : `${path}.${other}`;
	throw new ScenarioError(`${name} is not known here; there are ${known.join(", ")}.`);
}

function duration(given: unknown, path: string): number {
	const ms = readDuration(given);
	if (ms === undefined) throw new ScenarioError(`${path} must be a time such as 500ms, 5s or 2m, or seconds.`);
	return ms;
}

/** Numbers as they are written in YAML, too. */
function readTexts(given: unknown, path: string): Record<string, string> {
	if (!isRecord(given)) throw new ScenarioError(`${path} must be an object such as {caseId: 4711}.`);
	return Object.fromEntries(
		Object.entries(given).map(([name, value]) => [
			name,
			readText(typeof value === "number" ? String(value) : value, `${path}.${name}`),
		]),
	);
}

function readText(given: unknown, path: string): string {
	if (typeof given === "string" && given.trim() !== "") return given;
	throw new ScenarioError(`${path} must be a text.`);
}
