import type { FeatureManifest } from "../../shell/feature.ts";

export const manifest: FeatureManifest = {
	id: "email",
	// Whoever has an email in hand reads and answers it: no permission of theirs decides that (agent-features 0.1).
	permissions: [],
	entry: { place: "card", order: 37 },
	card: {
		shows: ({ media }) => media === "email",
		load: () => import("./email-card.tsx").then((module) => module.EmailCard),
		inWindow: true,
	},
};
