import type { FeatureManifest } from "../../shell/feature.ts";
import { t } from "./strings.ts";

export const manifest: FeatureManifest = {
	id: "callbacks",
	permissions: ["conversation:callback:create"],
	entry: { place: "view", icon: "clock", title: () => t("title"), order: 35, name: "callback", menu: true },
	load: () => import("./callbacks-view.tsx").then((module) => ({ View: module.CallbacksView })),
	card: {
		shows: ({ media, id, campaign }, { agreeing }) =>
			(media === "callback" && campaign === undefined) || agreeing.value === id,
		load: () => import("./callback-card.tsx").then((module) => module.CallbackCard),
	},
};
