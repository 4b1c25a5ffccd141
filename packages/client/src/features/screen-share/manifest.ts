import type { FeatureManifest } from "../../shell/feature.ts";
import { isAtPage, mayShare, screenOf } from "./scene.ts";

/** Screens that customers and agents show each other within an interaction (agent-features 13). */
export const manifest: FeatureManifest = {
	id: "screen-share",
	permissions: ["acdScreenShare:session:view"],
	entry: { place: "card", order: 38 },
	news: () => import("./news.ts").then((module) => module.newsOfScreen),
	card: {
		// What one has begun one may end, whatever one may by then.
		shows: (call, workspace) =>
			call.state === "connected" && ((mayShare(workspace) && isAtPage(call)) || (screenOf(call)?.isOwn ?? false)),
		load: () => import("./screen-card.tsx").then((module) => module.ScreenCard),
	},
	window: {
		shows: (call, workspace) => call.state === "connected" && mayShare(workspace) && (screenOf(call)?.isLive ?? false),
		load: () => import("./screen-view.tsx").then((module) => module.ScreenView),
		// Browsers refuse to capture a screen in a frame of somebody else's page (agent-features 13, "Facts").
		isOnTop: true,
	},
};
