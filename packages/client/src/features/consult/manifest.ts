import type { FeatureManifest } from "../../shell/feature.ts";
import { leaving } from "./leaving.ts";
import { sceneOf } from "./scene.ts";

/** Consults and conferences: everybody in them has something on the card, whatever they may begin themselves. */
export const manifest: FeatureManifest = {
	id: "consult",
	permissions: [],
	entry: { place: "card", order: 100 },
	asksBeforeHangUp: (call) => {
		const scene = sceneOf(call);
		if (scene?.kind !== "conference" || !scene.isLast) return false;
		leaving.value = call.id;
		return true;
	},
	news: () => import("./news.ts").then((module) => module.newsOfConsult),
	card: {
		shows: (call) => sceneOf(call) !== undefined,
		load: () => import("./consult-view.tsx").then((module) => module.ConsultView),
	},
};
