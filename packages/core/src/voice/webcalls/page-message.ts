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
	| { type: "voicemail" };

/** The texts that each kind of message must have. */
const fields: Record<PageMessage["type"], readonly string[]> = {
	hello: ["secret"],
	answer: ["legId", "sdp"],
	candidate: ["legId", "candidate", "mid"],
	hangup: [],
	callback: ["phone"],
	voicemail: [],
};

/** Reads one frame; undefined when it is anything else. */
export function readPageMessage(text: string): PageMessage | undefined {
	const value = parse(text);
	if (typeof value !== "object" || value === null) return undefined;
	const message = value as Record<string, unknown>;
	const wanted = Object.hasOwn(fields, String(message.type)) && fields[message.type as PageMessage["type"]];
	if (!wanted || wanted.some((name) => typeof message[name] !== "string")) return undefined;
	return message as PageMessage;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
