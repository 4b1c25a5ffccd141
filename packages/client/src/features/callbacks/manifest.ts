import type { FeatureManifest } from "../../shell/feature.ts";
import { t } from "./strings.ts";

const create = "conversation:callback:create";

export const manifest: FeatureManifest = {
	id: "callbacks",
	permissions: [create],
	entry: { place: "view", icon: "clock", title: () => t("title"), order: 35, name: "callback", menu: true },
	load: () => import("./callbacks-view.tsx").then((module) => ({ View: module.CallbacksView })),
	strip: { load: () => import("./warning-strip.tsx").then((module) => ({ View: module.WarningStrip })) },
	card: {
		shows: ({ media, id, campaign, direction, needsWrapup }, workspace) =>
			(media === "callback" && campaign === undefined) ||
			workspace.agreeing.value === id ||
			// The customer may have one, or get one in the work after the call.
			(media === "call" && (direction === "inbound" || needsWrapup) && workspace.can(create)),
		load: () => import("./callback-card.tsx").then((module) => module.CallbackCard),
	},
};
