import type { FeatureManifest } from "../../shell/feature.ts";
import { calledElsewhere, isOffered, offeredElsewhere } from "./offered.ts";

/** What a campaign offers stands in its card, whatever the agent may see of the contact (agent-features 18). */
export const manifest: FeatureManifest = {
	id: "outbound",
	permissions: [],
	entry: { place: "card", order: 36 },
	strip: { load: () => import("./campaign-strip.tsx").then((module) => ({ View: module.CampaignStrip })) },
	chimes: isOffered,
	news: () => import("./news.ts").then((module) => module.newsOfPreviews),
	bar: {
		shows: (workspace) => (offeredElsewhere(workspace) ?? calledElsewhere(workspace)) !== undefined,
		load: () => import("./preview-bar.tsx").then((module) => ({ View: module.PreviewBar })),
	},
	card: {
		shows: ({ campaign }) => campaign !== undefined,
		// A timer runs down and calls by itself, until somebody is called: what stops it is not looked for below a script.
		goesFirst: isOffered,
		load: () => import("./contact-card.tsx").then((module) => module.ContactCard),
	},
};
