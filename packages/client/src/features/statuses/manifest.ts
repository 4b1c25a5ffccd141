import type { FeatureManifest } from "../../shell/feature.ts";

export const manifest: FeatureManifest = {
	id: "statuses",
	permissions: [],
	entry: { place: "header", order: 1 },
	load: () => import("./status-menu.tsx").then((module) => ({ View: module.StatusMenu })),
};
