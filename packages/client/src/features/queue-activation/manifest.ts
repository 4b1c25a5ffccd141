import type { FeatureManifest } from "../../shell/feature.ts";
import { t } from "./strings.ts";

export const manifest: FeatureManifest = {
	id: "queue-activation",
	permissions: ["routing:queue:join"],
	entry: { place: "view", icon: "users", title: () => t("title"), order: 50, menu: true },
	load: () => import("./queue-activation-view.tsx").then((module) => ({ View: module.QueueActivationView })),
};
