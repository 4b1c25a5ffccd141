import type { FeatureManifest } from "../../shell/feature.ts";
import { missedOf } from "./missed.ts";
import { t } from "./strings.ts";

export const manifest: FeatureManifest = {
	id: "call-history",
	permissions: [],
	enabled: (config) => config.settings.enableCallHistory,
	entry: { place: "view", icon: "clock", title: () => t("title"), order: 40, menu: true, count: missedOf },
	load: () => import("./call-history-view.tsx").then((module) => ({ View: module.CallHistoryView })),
};
