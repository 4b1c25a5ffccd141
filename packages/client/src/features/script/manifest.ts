import { isOver } from "../../session/interaction.ts";
import type { FeatureManifest } from "../../shell/feature.ts";

/** The script of an interaction, from the moment it is taken until after-call work is done (agent-features 17). */
export const manifest: FeatureManifest = {
	id: "script",
	permissions: ["scripter:publishedScript:view"],
	entry: { place: "card", order: 35 },
	card: {
		shows: (call, workspace) =>
			workspace.can("scripter:publishedScript:view") &&
			(call.state === "connected" || (isOver(call) && call.needsWrapup)),
		load: () => import("./script-card.tsx").then((module) => module.ScriptCard),
		inWindow: true,
	},
};
