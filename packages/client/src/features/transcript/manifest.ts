import { isOver } from "../../session/interaction.ts";
import type { FeatureManifest } from "../../shell/feature.ts";

/** What is said in a call, as it is said, where its queue is transcribed: for whoever is in it. */
export const manifest: FeatureManifest = {
	id: "transcript",
	permissions: [],
	entry: { place: "card", order: 34 },
	card: {
		shows: (call) => !isOver(call) && call.transcription !== undefined,
		load: () => import("./transcript-card.tsx").then((module) => module.TranscriptCard),
	},
};
