/** What customers do, as a scenario says it: read whole, or refused with the field named. */
import { isRecord } from "@inlay/contract";
import { readFiles, readGivenTexts, readText, readTexts, readTime, refuseOthers, ScenarioError } from "./fields.ts";

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

/** A text from a phone. */
export interface MessageStep {
	kind: "message";
	text: string;
	name?: string;
	/** The customer's own number; the demo's phone has one otherwise. */
	phone?: string;
}

export interface EmailStep {
	kind: "email";
	subject: string;
	text: string;
	name?: string;
	/** The customer's own address; the demo's mailbox has one otherwise. */
	from?: string;
	/** Files that come with it. */
	attachments: string[];
}

/** A message from a page, by its messenger. */
export interface WebMessageStep {
	kind: "webmessage";
	text: string;
	name?: string;
	/** Texts by name, which come with the message: what a page knows of who writes from it. */
	attributes?: Record<string, string>;
	/** How long the customer waits for an answer, and then stays before they end the conversation, in ms. */
	patienceMs: number;
	talkMs: number;
}

export type Step = CallStep | MessageStep | EmailStep | WebMessageStep;

export interface TimedStep {
	/** Milliseconds since the scenario began. */
	atMs: number;
	step: Step;
}

export const kinds = ["call", "callback", "message", "webmessage", "email"] as const;
export type StepKind = (typeof kinds)[number];

/** What each may say. */
const fieldsOf: Readonly<Record<StepKind, readonly string[]>> = {
	call: ["to", "name", "phone", "attributes", "hz", "patience", "talk", "hangUp", "expect"],
	callback: ["to", "name", "phone", "attributes", "hz", "patience", "talk", "hangUp", "expect"],
	message: ["text", "name", "phone"],
	webmessage: ["text", "name", "attributes", "patience", "talk"],
	email: ["subject", "text", "name", "from", "attachments"],
};

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
	refuseOthers(fields, fieldsOf[kind], path);
	if (kind === "call" || kind === "callback") return readCall(kind, fields, path);
	const text = readText(fields.text ?? "Hello, when will my order 4217 be here?", `${path}.text`);
	if (kind === "message") return { kind, text, ...readGivenTexts(fields, ["name", "phone"], path) };
	if (kind === "email") return { kind, text, ...readLetter(fields, path) };
	return {
		kind,
		text,
		...readGivenTexts(fields, ["name"], path),
		...readAttributes(fields, path),
		...readWaits(fields, path),
	};
}

function readTimed(given: unknown, path: string): TimedStep {
	if (!isRecord(given)) throw new ScenarioError(`${path} must be an object such as {at: 2s, call: {}}.`);
	refuseOthers(given, ["at", ...kinds], path);
	const [kind, ...others] = kinds.filter((each) => Object.hasOwn(given, each));
	if (!kind || others.length > 0) throw new ScenarioError(`${path} needs one of ${kinds.join(", ")}.`);
	return { atMs: readTime(given.at ?? 0, `${path}.at`), step: readStep(kind, given[kind], `${path}.${kind}`) };
}

function readCall(kind: CallStep["kind"], fields: Record<string, unknown>, path: string): CallStep {
	const { hz = 440, hangUp, expect } = fields;
	if (typeof hz !== "number" || hz < 50 || hz > 3_400) throw new ScenarioError(`${path}.hz must be from 50 to 3400.`);
	if (expect !== undefined && expect !== "refused") throw new ScenarioError(`${path}.expect can only be refused.`);
	return {
		kind,
		...readGivenTexts(fields, ["to", "name", "phone"], path),
		...readAttributes(fields, path),
		hz,
		...readWaits(fields, path),
		...(hangUp === undefined ? {} : { hangUp: readHangUp(hangUp, `${path}.hangUp`) }),
		expectsRefusal: expect === "refused",
	};
}

function readLetter(fields: Record<string, unknown>, path: string) {
	const { subject = "My order 4217", attachments = [] } = fields;
	return {
		subject: readText(subject, `${path}.subject`),
		...readGivenTexts(fields, ["name", "from"], path),
		attachments: readFiles(attachments, `${path}.attachments`),
	};
}

function readAttributes({ attributes }: Record<string, unknown>, path: string) {
	return attributes === undefined ? {} : { attributes: readTexts(attributes, `${path}.attributes`) };
}

function readWaits({ patience = 60, talk = 10 }: Record<string, unknown>, path: string) {
	return { patienceMs: readTime(patience, `${path}.patience`), talkMs: readTime(talk, `${path}.talk`) };
}

function readHangUp(given: unknown, path: string): NonNullable<CallStep["hangUp"]> {
	if (!isRecord(given)) throw new ScenarioError(`${path} must be an object such as {when: ringing, after: 2s}.`);
	refuseOthers(given, ["when", "after"], path);
	const when = hangUpStates.find((state) => state === given.when);
	if (!when) throw new ScenarioError(`${path}.when must be one of ${hangUpStates.join(", ")}.`);
	return { when, afterMs: readTime(given.after ?? 0, `${path}.after`) };
}
