import type { FeatureManifest } from "../../shell/feature.ts";
import { t } from "./strings.ts";

export const manifest: FeatureManifest = {
	id: "call-log",
	permissions: [],
	enabled: (config) => config.settings.enableCallLogs,
	entry: { place: "view", icon: "log", title: () => t("title"), order: 30, name: "callLog" },
	load: () => import("./call-log-view.tsx").then((module) => ({ View: module.CallLogView })),
};
