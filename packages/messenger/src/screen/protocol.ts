/** As the server names things of a shared screen (`/inlay/screenshares/{id}`). */

export type ShareState = "requested" | "choosing" | "sharing" | "paused" | "ended";

/** How the shared screen stands, for this page. */
export interface Standing {
	state: ShareState;
	/** Whose screen is seen. */
	shows: "customer" | "agent";
	agentName?: string;
	/** This very page shows, and no other tab. */
	isMine: boolean;
	/** Why it is over. */
	end?: string;
}

export type ServerFrame =
	| ({ type: "state" } & Standing)
	| { type: "offer"; legId: string; sdp: string }
	| { type: "candidates"; legId: string; candidates: readonly string[] }
	| { type: "error"; code: string; text: string };

export type PageFrame =
	| { type: "hello"; secret: string }
	| { type: "accept" }
	| { type: "connect" }
	| { type: "answer"; legId: string; sdp: string }
	| { type: "facts"; surface?: string; width?: number; height?: number }
	| { type: "pause"; paused: boolean }
	| { type: "end"; why: EndByPage };

/** Why a page ends it. */
export type EndByPage = "declined" | "cancelled" | "unsupported" | "customer.stopped" | "surface.ended" | "media.lost";
