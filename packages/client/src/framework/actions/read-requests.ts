/** Reads the arguments of `window.PureCloud` actions, as loosely as scripts write them (framework-contract 6). */
import type { AudioConfiguration, ViewName } from "@inlay/contract";
import {
	AUDIO_MEDIA,
	foldName,
	matchName,
	NOTICE_TYPES,
	ProblemList,
	readBoolean,
	readColours,
	readText,
	readTextMap,
	STATE_ACTIONS,
	STATUS_NAMES,
	safeGet,
	VIEW_NAMES,
} from "@inlay/contract";
import type { InteractionCommand, NewInteractionRequest, Notice, StatusRequest, TransferTarget } from "../ports.ts";

const INTERACTION_TYPES = ["call", "sms", "email"] as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DEFAULT_NOTICE_MS = 5_000;

/** A new interaction and whether to place it at once; undefined without an address, or with a type that there is not. */
export function readClickToDial(given: unknown): { request: NewInteractionRequest; place: boolean } | undefined {
	const address = readText(safeGet(given, "number")) ?? readText(safeGet(given, "address"));
	const type = readInteractionType(safeGet(given, "type"));
	if (address === undefined || type === undefined) return undefined;
	const queueId = readText(safeGet(given, "queueId"));
	const request: NewInteractionRequest = {
		type,
		address,
		...(queueId === undefined ? {} : { queueId }),
		attributes: readTextMap(safeGet(given, "attributes")),
	};
	return { request, place: readBoolean(safeGet(given, "autoPlace")) === true };
}

/** A call where nothing is said; what is said and not known is not taken for a call. */
function readInteractionType(given: unknown): NewInteractionRequest["type"] | undefined {
	return readText(given) === undefined ? "call" : matchName(INTERACTION_TYPES, given);
}

/** `{interactionId, attributes}`; the message API says `id` (framework-contract 10). */
export function readCustomAttributes(
	given: unknown,
): { interactionId: string; attributes: Record<string, string> } | undefined {
	const interactionId = readText(safeGet(given, "interactionId")) ?? readText(safeGet(given, "id"));
	const attributes = readTextMap(safeGet(given, "attributes"));
	if (interactionId === undefined || Object.keys(attributes).length === 0) return undefined;
	return { interactionId, attributes };
}

export function readUpdateState(given: unknown): InteractionCommand | undefined {
	const action = matchName(STATE_ACTIONS, safeGet(given, "action"));
	const interactionId = readText(safeGet(given, "id")) ?? readText(safeGet(given, "interactionId"));
	if (action === undefined || interactionId === undefined) return undefined;
	if (action !== "blindTransfer" && action !== "consultTransfer") return { action, interactionId };
	const target = readTarget(safeGet(given, "participantContext"));
	return target && { action, interactionId, target };
}

/** A presence-definition id, or the name of a presence in any case and spelling. */
export function readStatus(given: unknown): StatusRequest | undefined {
	const id = readText(safeGet(given, "id"));
	if (id === undefined) return undefined;
	return UUID.test(id) ? { definitionId: id.toLowerCase() } : { name: matchName(STATUS_NAMES, id) ?? id };
}

export function readView(given: unknown): ViewName | undefined {
	const view = safeGet(given, "view");
	return matchName(VIEW_NAMES, safeGet(view, "name") ?? view);
}

export function readNotice(given: unknown): Notice | undefined {
	const message = readText(safeGet(given, "message"));
	if (message === undefined) return undefined;
	const timeout = Number(readText(safeGet(given, "timeout")) ?? DEFAULT_NOTICE_MS);
	return {
		message,
		type: matchName(NOTICE_TYPES, safeGet(given, "type")) ?? "INFO",
		timeoutMs: Number.isFinite(timeout) && timeout >= 0 ? timeout : DEFAULT_NOTICE_MS,
		theme: readColours(safeGet(given, "theme"), "theme", new ProblemList()),
	};
}

/** Only the media that are named; the others keep their setting. */
export function readAudio(given: unknown): AudioConfiguration {
	const audio: AudioConfiguration = {};
	for (const medium of AUDIO_MEDIA) {
		const value = readBoolean(safeGet(given, medium));
		if (value !== undefined) audio[medium] = value;
	}
	return audio;
}

/** Both signatures of `getTranscript`: `(id, callback)` and `({interactionId, callback})`. */
export function readTranscriptRequest(
	first: unknown,
	second: unknown,
): { interactionId: string; callback: (transcript: unknown) => void } | undefined {
	const interactionId = readText(first) ?? readText(safeGet(first, "interactionId")) ?? readText(safeGet(first, "id"));
	const callback = typeof second === "function" ? second : safeGet(first, "callback");
	if (interactionId === undefined || typeof callback !== "function") return undefined;
	return { interactionId, callback: callback as (transcript: unknown) => void };
}

/** `queueId` and `userId` are hypotheses of the contract; anything else is an address, URI-encoded by some scripts. */
function readTarget(context: unknown): TransferTarget | undefined {
	const value = readText(safeGet(context, "transferTarget"));
	if (value === undefined) return undefined;
	const type = foldName(readText(safeGet(context, "transferTargetType")) ?? "");
	if (type.startsWith("queue")) return { kind: "queue", value };
	if (type.startsWith("user") || type.startsWith("agent")) return { kind: "user", value };
	return { kind: "address", value: decoded(value) };
}

function decoded(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}
