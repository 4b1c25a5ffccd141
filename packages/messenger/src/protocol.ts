/** A message as the server shows it. */
export interface ServerMessage {
	/** Its number in the session, from 1. */
	seq: number;
	direction: "inbound" | "outbound";
	text: string;
	/** ISO 8601. */
	at: string;
	isAutomatic?: boolean;
	/** Who of the organization wrote it. */
	name?: string;
	/** It is a file, and the text its name. */
	file?: { name: string; type: string; size: number };
	/** Of one's own: what the page called it. */
	clientId?: string;
}

export interface SessionState {
	phase: "new" | "waiting" | "answered" | "ended";
	agent?: string;
	isWritable: boolean;
	/** ISO 8601 */
	expiresAt: string;
	/** Somebody asks to see the page. */
	cobrowse?: { id: string; agent: string };
}

/** What the server sends. */
export type ServerFrame =
	| { type: "challenge"; nonce: string; bits: number }
	| { type: "session"; token?: string; from: number; state: SessionState; now: string }
	| ({ type: "message" } & ServerMessage)
	| { type: "older"; messages: ServerMessage[] }
	| { type: "ack"; clientId: string; seq: number }
	| { type: "state"; state: SessionState; now: string }
	| { type: "typing" }
	/** The address to which a file is brought, once. */
	| { type: "ticket"; clientId: string; ticket: string }
	| { type: "link"; seq: number; url: string }
	/** The conversation was sent there. */
	| { type: "transcript"; email: string }
	/** A screen is to be shared with the page. */
	| { type: "screenshare"; shareId: string; secret: string }
	/** The page may be shared, by that secret. */
	| { type: "share"; sessionId: string; key: string; agent: string }
	| { type: "error"; code: string; text: string; clientId?: string };

/** Close codes after which the page does not come again by itself. */
export const forGood: ReadonlySet<number> = new Set([4004, 4005, 4006, 1007]);
