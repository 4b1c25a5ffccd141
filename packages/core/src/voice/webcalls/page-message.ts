import type { ConsentAnswer } from "../../conversations/call/consent.ts";

/** What a caller's page may send. */
export type PageMessage =
	| { type: "hello"; secret: string }
	| { type: "answer"; legId: string; sdp: string }
	/** Pages may send them as browsers find them; the engine sends to where checks come from, and needs none. */
	| { type: "candidate"; legId: string; candidate: string; mid: string }
	| { type: "hangup" }
	/** The caller leaves the line and keeps their place: whom to call is a number as people write it. */
	| { type: "callback"; phone: string }
	/** The caller leaves the queue, and a message there. */
	| { type: "voicemail" }
	/** Whether the caller may be recorded, as they say where the question stands to read. */
	| { type: "consent"; answer: ConsentAnswer };

/** The texts that each kind of message must have. */
const fields: Record<PageMessage["type"], readonly string[]> = {
	hello: ["secret"],
	answer: ["legId", "sdp"],
	candidate: ["legId", "candidate", "mid"],
	hangup: [],
	callback: ["phone"],
	voicemail: [],
	consent: ["answer"],
};

/** Reads one frame; undefined when it is anything else. */
export function readPageMessage(text: string): PageMessage | undefined {
	const value = parse(text);
	if (typeof value !== "object" || value === null) return undefined;
	const message = value as Record<string, unknown>;
	const wanted = Object.hasOwn(fields, String(message.type)) && fields[message.type as PageMessage["type"]];
	if (!wanted || wanted.some((name) => typeof message[name] !== "string")) return undefined;
	if (message.type === "consent" && message.answer !== "given" && message.answer !== "refused") return undefined;
	return message as PageMessage;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
