/** Reads what `PureCloud.Inlay.request` is given: what is unusable or unknown is refused by the field's name. */
import type { InlayRequestName, InlayRequestOptions, PartyTarget } from "./inlay-requests.ts";
import { ProblemList } from "./problems.ts";
import { readUiPolicy } from "./read-ui-policy.ts";
import type { UiScriptPolicy } from "./ui-policy.ts";
import { isGiven, isRecord, safeGet } from "./values.ts";

/** What is wrong with a request, in words its author can act on. */
export class UnusableRequest extends Error {
	readonly code: "inlay.request.unknown" | "inlay.request.invalid";

	constructor(code: UnusableRequest["code"], message: string) {
		super(message);
		this.code = code;
	}
}

export type InlayFieldKind = "text" | "boolean" | "time" | "target" | "party" | "ui";

/** Fields by request; a question mark may be left out. A `party` is a target that is no queue. */
export const INLAY_REQUEST_FIELDS: Record<InlayRequestName, Record<string, InlayFieldKind | `${InlayFieldKind}?`>> = {
	wrapUp: { interactionId: "text", code: "text", notes: "text?" },
	endAfterCallWork: { interactionId: "text" },
	requestAfterCallWork: { interactionId: "text", wanted: "boolean" },
	addParticipant: { interactionId: "text", target: "party" },
	replaceParticipant: { interactionId: "text", target: "target", participantId: "text?" },
	record: { interactionId: "text", on: "boolean" },
	scheduleCallback: {
		queueId: "text",
		number: "text",
		at: "time",
		name: "text?",
		note: "text?",
		interactionId: "text?",
	},
	cancelCallback: { callbackId: "text" },
	logOut: {},
	queues: {},
	statuses: {},
	arrangeUi: { ui: "ui" },
	wrapUpCodes: { interactionId: "text" },
};

/** @throws UnusableRequest */
export function readInlayRequest(
	name: unknown,
	data: unknown,
): { name: InlayRequestName; data: Record<string, unknown> } {
	if (typeof name !== "string" || !Object.hasOwn(INLAY_REQUEST_FIELDS, name))
		throw new UnusableRequest("inlay.request.unknown", `There is no request ${String(name)}.`);
	const known = INLAY_REQUEST_FIELDS[name as InlayRequestName];
	if (isGiven(data) && !isRecord(data)) throw invalid("data", "an object");
	const given = isRecord(data) ? Object.keys(data) : [];
	const strange = given.find((key) => !Object.hasOwn(known, key));
	if (strange !== undefined) throw new UnusableRequest("inlay.request.invalid", `${name} knows no ${strange}.`);
	const read = Object.entries(known).flatMap(([key, kind]) => {
		const value = safeGet(data, key);
		if (!isGiven(value) && kind.endsWith("?")) return [];
		return [[key, readInlayField(key, kind.replace("?", "") as InlayFieldKind, value)]];
	});
	return { name: name as InlayRequestName, data: Object.fromEntries(read) as Record<string, unknown> };
}

const longestMs = 120_000;

/** The options of a request. @throws UnusableRequest naming the option */
export function readInlayOptions(options: unknown): InlayRequestOptions {
	if (!isGiven(options)) return {};
	if (!isRecord(options)) throw invalid("options", "an object");
	const strange = Object.keys(options).find((key) => key !== "id" && key !== "timeoutMs");
	if (strange !== undefined) throw new UnusableRequest("inlay.request.invalid", `There is no option ${strange}.`);
	const { id, timeoutMs } = options;
	if (isGiven(id) && (typeof id !== "string" || id.trim() === "")) throw invalid("id", "a text that says something");
	if (isGiven(timeoutMs) && !(typeof timeoutMs === "number" && timeoutMs > 0 && timeoutMs <= longestMs))
		throw invalid("timeoutMs", `a number of milliseconds, up to ${longestMs}`);
	return {
		...(isGiven(id) ? { id: id as string } : {}),
		...(isGiven(timeoutMs) ? { timeoutMs: timeoutMs as number } : {}),
	};
}

/** One field of a request. @throws UnusableRequest naming it */
export function readInlayField(key: string, kind: InlayFieldKind, value: unknown): unknown {
	if (kind === "boolean") {
		if (typeof value !== "boolean") throw invalid(key, "true or false");
		return value;
	}
	if (kind === "ui") return readUi(key, value);
	if (kind === "target" || kind === "party") return readTarget(key, value, kind === "target");
	if (typeof value !== "string" || value.trim() === "") throw invalid(key, "a text that says something");
	if (kind === "time" && !/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value))
		throw invalid(key, "a time in ISO 8601 with its zone");
	if (kind === "time" && Number.isNaN(Date.parse(value))) throw invalid(key, "a time that there is");
	return value.trim();
}

/** As `settings.ui`, but refused whole: who asks hears what is wrong, and what stands goes on standing. */
function readUi(key: string, value: unknown): UiScriptPolicy {
	if (!isRecord(value)) throw invalid(key, "an object with hide, show, rename, order, add or groups");
	const problems = new ProblemList();
	readUiPolicy(value, key, problems);
	const [first] = problems.all();
	if (first) throw new UnusableRequest("inlay.request.invalid", `${first.path}: ${first.text}`);
	return value as UiScriptPolicy;
}

function readTarget(key: string, value: unknown, isQueueFine: boolean): PartyTarget {
	const kind = safeGet(value, "kind");
	const kinds = isQueueFine ? ["address", "user", "queue"] : ["address", "user"];
	if (typeof kind !== "string" || !kinds.includes(kind)) throw invalid(`${key}.kind`, `one of ${kinds.join(", ")}`);
	return {
		kind: kind as PartyTarget["kind"],
		value: readInlayField(`${key}.value`, "text", safeGet(value, "value")) as string,
	};
}

function invalid(field: string, wanted: string): UnusableRequest {
	return new UnusableRequest("inlay.request.invalid", `Make ${field} ${wanted}.`);
}
