import type { FeatureManifest } from "../../shell/feature.ts";

/** What a campaign offers stands in its card, whatever the agent may see of the contact (agent-features 18). */
export const manifest: FeatureManifest = {
	id: "outbound",
	permissions: [],
	entry: { place: "card", order: 36 },
	strip: { load: () => import("./campaign-strip.tsx").then((module) => ({ View: module.CampaignStrip })) },
	card: {
		shows: ({ campaign }) => campaign !== undefined,
		load: () => import("./contact-card.tsx").then((module) => module.ContactCard),
	},
};
