import type { LiveInteraction } from "../../session/interaction.ts";
import type { FeatureManifest } from "../../shell/feature.ts";

/** Nobody is found by a withheld number, and a colleague's history is nobody else's. */
const hasCustomer = ({ outsideId, remoteAddress }: LiveInteraction) => !!outsideId && remoteAddress !== "";

/** What there was with this customer before, by whatever medium (agent-features 5, "timeline in the wide window"). */
export const manifest: FeatureManifest = {
	id: "timeline",
	permissions: [],
	entry: { place: "card", order: 110 },
	card: {
		shows: hasCustomer,
		load: () => import("./timeline-card.tsx").then((module) => module.TimelineCard),
	},
	facts: {
		shows: hasCustomer,
		load: () => import("./timeline-list.tsx").then((module) => module.TimelineList),
	},
};
