import type { LiveInteraction } from "../session/interaction.ts";
import { allFeatures } from "../shell/features.ts";
import type { Workspace } from "../shell/workspace.ts";

/** Whether this interaction has something to show in the interaction window. */
export function hasWindowWork(workspace: Workspace, call: LiveInteraction): boolean {
	return allFeatures.some(
		({ card, window: view }) => (card?.inWindow && card.shows(call, workspace)) || view?.shows(call, workspace),
	);
}
