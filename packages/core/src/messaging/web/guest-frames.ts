import { type Static, Type } from "typebox";
import { Check } from "typebox/value";
import { checkedJson } from "../../kernel/http/json-body.ts";

const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What a page may send (agent-features 11, "Protocol"). */
const frames = {
	/** The first. Without a token a new session begins. */
	hello: Type.Object({
		type: Type.Literal("hello"),
		token: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
		/** In place of a token: who the visitor is by the page's own sign-in (JWT). */
		jwt: Type.Optional(Type.String({ minLength: 1, maxLength: 8_000 })),
		/** The number of the last message that the page has. */
		lastSeq: Seq,
		/** The answer to a `challenge`. */
		proof: Type.Optional(Type.String({ maxLength: 40 })),
	}),
	message: Type.Object({
		type: Type.Literal("message"),
		clientId: Type.String({ minLength: 8, maxLength: 64, pattern: "^[\\w-]+$" }),
		text: Type.String({ maxLength: 20_000 }),
		attributes: Type.Optional(
			Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.String({ maxLength: 2000 }), {
				maxProperties: 30,
			}),
		),
	}),
	/** A file is to be sent: the answer is an address for it. */
	file: Type.Object({
		type: Type.Literal("file"),
		clientId: Type.String({ minLength: 8, maxLength: 64, pattern: "^[\\w-]+$" }),
		name: Type.String({ minLength: 1, maxLength: 255 }),
		size: Seq,
	}),
	/** A link to the file that a message is. */
	link: Type.Object({ type: Type.Literal("link"), seq: Type.Integer({ minimum: 1 }) }),
	typing: Type.Object({ type: Type.Literal("typing") }),
	seen: Type.Object({ type: Type.Literal("seen"), seq: Seq, isRead: Type.Boolean() }),
	older: Type.Object({ type: Type.Literal("older"), before: Seq }),
	end: Type.Object({ type: Type.Literal("end") }),
	/** The customer wants to have by mail what was said. */
	transcript: Type.Object({ type: Type.Literal("transcript"), email: Type.String({ minLength: 3, maxLength: 254 }) }),
	/** The customer's answer to whoever asks to see the page. */
	cobrowse: Type.Object({
		type: Type.Literal("cobrowse"),
		sessionId: Type.String({ minLength: 1, maxLength: 100 }),
		isAccepted: Type.Boolean(),
	}),
};

export type GuestFrame = { [Type in keyof typeof frames]: Static<(typeof frames)[Type]> }[keyof typeof frames];

/** Reads one frame; undefined when it is anything else. */
export function readGuestFrame(text: string): GuestFrame | undefined {
	const value = parse(text);
	if (typeof value !== "object" || value === null) return undefined;
	const { type } = value as { type?: unknown };
	if (typeof type !== "string" || !Object.hasOwn(frames, type)) return undefined;
	return Check(frames[type as keyof typeof frames], value) ? (value as GuestFrame) : undefined;
}

/**
 * What the API takes in no body is taken in no frame either: half characters, U+0000, what is nested without end.
 * @throws ApiError 400 naming the field
 */
export function requireStorable(frame: GuestFrame): void {
	checkedJson(frame);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
