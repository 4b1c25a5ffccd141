import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { screenOf } from "./scene.ts";
import { stateText } from "./state-text.ts";

/** What is said as a shared screen ends: its picture goes from the window without a word. */
export function newsOfScreen(
	before: LiveInteraction | undefined,
	call: LiveInteraction,
	workspace: Workspace,
): string | undefined {
	const scene = screenOf(call);
	if (!scene || scene.isLive || !before || !screenOf(before)?.isLive) return undefined;
	return stateText(scene, workspace.nameOf(call));
}
