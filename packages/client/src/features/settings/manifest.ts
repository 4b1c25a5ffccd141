import type { FeatureManifest } from "../../shell/feature.ts";
import { t } from "./strings.ts";

export const manifest: FeatureManifest = {
	id: "settings",
	permissions: [],
	entry: { place: "view", icon: "gear", title: () => t("title"), order: 90, name: "settings" },
	load: () => import("./settings-view.tsx").then((module) => ({ View: module.SettingsView })),
};
