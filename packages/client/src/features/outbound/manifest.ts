import { isOver } from "../../session/interaction.ts";
import type { FeatureManifest } from "../../shell/feature.ts";

/** What a campaign offers stands in its card, whatever the agent may see of the contact (agent-features 18). */
export const manifest: FeatureManifest = {
	id: "outbound",
	permissions: [],
	entry: { place: "card", order: 36 },
	strip: { load: () => import("./campaign-strip.tsx").then((module) => ({ View: module.CampaignStrip })) },
	card: {
		shows: ({ campaign }) => campaign !== undefined,
		// A timer runs down and calls by itself, until somebody is called: what stops it is not looked for below a script.
		goesFirst: (call) => call.campaign === "preview" && !call.call && !isOver(call),
		load: () => import("./contact-card.tsx").then((module) => module.ContactCard),
	},
};
