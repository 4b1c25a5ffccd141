/** What both ends, and customers' pages, agree on of shared screens (agent-features 13). */

/** Opens shared screens to an agent (configuration guide, "Agent Permissions Required"). */
export const screenSharePermission = "acdScreenShare:session:view";

/** `requested`: the other side is asked; `choosing`: who shows picks what to show. */
export type ScreenShareState = "requested" | "choosing" | "sharing" | "paused" | "ended";

/** Whose screen is seen. */
export type ScreenShower = "customer" | "agent";

/** What is shown, as browsers name it (`displaySurface`). */
export const screenSurfaces = ["monitor", "window", "browser"] as const;
export type ScreenSurface = (typeof screenSurfaces)[number];

/** Why a shared screen is over. */
export const screenShareEnds = [
	/** The customer does not want to. */
	"declined",
	/** Whoever was to show has chosen nothing, or their browser does not let them. */
	"cancelled",
	/** The customer's browser cannot show a screen, as on phones. */
	"unsupported",
	/** Nobody has said anything for a minute. */
	"unanswered",
	"customer.stopped",
	"agent.stopped",
	/** By the browser's own bar, or because the window that was shown was closed. */
	"surface.ended",
	/** The page, or the panel, is away. */
	"customer.gone",
	"agent.gone",
	"interaction.ended",
	/** The connection could not be made, or the media process has ended. */
	"media.lost",
	"server.restarted",
	/** Whoever saw it may not any more. */
	"rights.taken",
] as const;
export type ScreenShareEnd = (typeof screenShareEnds)[number];

/** `screenshares[]` of a participant: the platform's fields, and with `inlay` in front what it has no word for. */
export interface ShownScreenShare {
	/** Of this party's part. */
	id: string;
	/** Of the session: the same for both parties. */
	context: string;
	/** A picture goes from this party just now. */
	sharing: boolean;
	/** How many see it. */
	peerCount: number;
	inlayState: ScreenShareState;
	inlayShows: ScreenShower;
	inlayEnd?: ScreenShareEnd;
	/** ISO: when it ended. */
	disconnectedTime?: string;
	inlaySurface?: ScreenSurface;
	/** Pixels of what is shown. */
	inlayWidth?: number;
	inlayHeight?: number;
}
