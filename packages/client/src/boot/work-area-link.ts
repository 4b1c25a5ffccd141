import type { Interaction } from "@inlay/contract";

/** The panel says to the frames beside it that it is there; no detail. */
export const panelIsHere = "inlay-panel-is-here";
/** A frame with a work area asks a panel beside it what to show; `detail` is the port for the answers. */
export const workAreaAsks = "inlay-work-area-asks";

/** What the work area shows: the selected interaction, or nothing. */
export interface WorkAreaState {
	interaction?: Interaction;
	/** Who it is with, and their number as this organization writes numbers. */
	name?: string;
	number?: string;
	notes: string;
	/** Where the script takes logs. */
	areSaved: boolean;
	language: string;
}

/** What the agent has typed there. */
export interface WorkAreaEdit {
	interactionId: string;
	notes: string;
}

/**
 * The other frames of the page around that are ours as well. Frames of one origin reach each other, also where the page
 * between them is somebody else's; the browser refuses the others.
 */
export function ownSiblings(here: Window): Window[] {
	if (here.parent === here) return [];
	const all = Array.from({ length: here.parent.length }, (_one, at) => here.parent[at]);
	return all.filter((frame): frame is Window => frame !== undefined && frame !== here && isOurs(frame, here));
}

function isOurs(frame: Window, here: Window): boolean {
	try {
		return frame.location.origin === here.location.origin;
	} catch {
		return false;
	}
}
