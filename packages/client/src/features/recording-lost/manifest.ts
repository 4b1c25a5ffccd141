import type { FeatureManifest } from "../../shell/feature.ts";
import { isRecordingLost } from "./lost.ts";

/** The call goes on when its recording cannot be written, and nobody may believe in it (agent-features 6, “Disk full”). */
export const manifest: FeatureManifest = {
	id: "recording-lost",
	permissions: [],
	entry: { place: "card", order: 20 },
	news: () => import("./lost-card.tsx").then((module) => module.newsOfRecording),
	card: {
		shows: isRecordingLost,
		load: () => import("./lost-card.tsx").then((module) => module.LostCard),
	},
};
