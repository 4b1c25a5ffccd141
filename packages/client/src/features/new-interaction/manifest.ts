import type { FeatureManifest } from "../../shell/feature.ts";
import { t } from "./strings.ts";

export const manifest: FeatureManifest = {
	id: "new-interaction",
	// Either of the first two opens dialling (platform-api 5.5: the description and the newer operation ask for different ones).
	permissions: [
		"conversation:call:add",
		"conversation:conference:add",
		"conversation:message:create",
		"conversation:email:create",
	],
	entry: { place: "view", icon: "keypad", title: () => t("title"), order: 20, name: "newInteraction" },
	load: () => import("./new-view.tsx").then((module) => ({ View: module.NewView })),
};
