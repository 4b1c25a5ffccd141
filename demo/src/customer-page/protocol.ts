/** What the server tells a caller's page (core's voice/web-line.ts). */
export type LineMessage =
	| { type: "offer"; legId: string; sdp: string }
	| { type: "candidate"; legId: string; candidate: string; mid: string }
	| {
			type: "state";
			state: LineState;
			agentName?: string;
			reason?: string;
			unheard?: boolean;
			mayLeaveMessage?: boolean;
			/** How whoever waits stands, where the queue tells it. */
			place?: number;
			waitSeconds?: number;
			consent?: Consent;
	  }
	/** A screen is to be shared with the page (docs/webcalls.md). */
	| { type: "screenshare"; shareId: string; secret: string }
	| { type: "error"; code: string; text: string };

export type LineState =
	| "connecting"
	| "waiting"
	| "ringing"
	| "connected"
	| "held"
	| "interrupted"
	| "voicemail"
	| "ended";

/** Whether the caller may be recorded: asked by `text`, agreed to, or refused. Keys 1 and 2 answer, too. */
export interface Consent {
	state: "asked" | "given" | "refused";
	text?: string;
	/** They agreed a moment ago, and a no still counts. */
	mayRefuse?: true;
}

/** What the page may say. */
export type PageMessage =
	| { type: "hello"; secret: string }
	| { type: "answer"; legId: string; sdp: string }
	| { type: "candidate"; legId: string; candidate: string; mid: string }
	| { type: "hangup" }
	| { type: "callback"; phone: string }
	| { type: "voicemail" }
	| { type: "consent"; answer: "given" | "refused" };

/** A call that the server has taken: its address and the secret that opens it. */
export interface PlacedCall {
	id: string;
	secret: string;
	socketPath: string;
	/** When somebody answered, in ms since 1970. */
	answeredAt?: number;
	/** Whether the caller has muted the microphone; a reload must not unmute it. */
	muted?: boolean;
}
