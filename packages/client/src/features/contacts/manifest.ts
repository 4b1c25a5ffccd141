import type { FeatureManifest } from "../../shell/feature.ts";

const view = ["externalContacts:contact:view", "relate:contact:view"];

export const manifest: FeatureManifest = {
	id: "contacts",
	permissions: view,
	entry: { place: "card", order: 34 },
	card: {
		shows: ({ outsideId }, workspace) => !!outsideId && view.some((one) => workspace.can(one)),
		load: () => import("./contact-card.tsx").then((module) => module.ContactCard),
	},
};
