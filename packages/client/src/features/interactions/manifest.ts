import type { FeatureManifest } from "../../shell/feature.ts";
import { t } from "./strings.ts";

export const manifest: FeatureManifest = {
	id: "interactions",
	permissions: [],
	entry: {
		place: "view",
		icon: "headset",
		title: () => t("title"),
		order: 10,
		name: "interactionList",
		count: (workspace) => workspace.session.conversations.listed.value.length,
	},
	news: () => import("./consent-text.ts").then((module) => module.newsOfConsent),
	load: () => import("./interactions-view.tsx").then((module) => ({ View: module.InteractionsView })),
};
