import { mayCobrowse } from "@inlay/contract/cobrowse/session";
import { isFromPage, isOutsideThere, isPageShared, type LiveInteraction } from "../../session/interaction.ts";
import type { FeatureManifest } from "../../shell/feature.ts";

/** What has ended says why on the card, also to whom the right was taken by then. */
const hasShared = ({ source, participantId }: LiveInteraction) =>
	source.participants?.some(({ id, cobrowsesessions }) => id === participantId && cobrowsesessions?.length) ?? false;

export const manifest: FeatureManifest = {
	id: "cobrowse",
	// Whoever shares a page goes on when the right is taken away (agent-features 0.1): the card asks for it before it offers.
	permissions: [],
	entry: { place: "card", order: 33 },
	news: () => import("./news.ts").then((module) => module.newsOfCobrowse),
	card: {
		shows: (call, workspace) =>
			isPageShared(call) ||
			(call.state === "connected" &&
				// Who writes by a phone has no page to show; who calls has one beside the phone.
				(call.media === "call" || (call.media === "message" && isFromPage(call))) &&
				(hasShared(call) ||
					(isOutsideThere(call) &&
						mayCobrowse(call.media === "call" ? "Call" : "Message", (permission) => workspace.can(permission))))),
		load: () => import("./cobrowse-card.tsx").then((module) => module.CobrowseCard),
	},
	window: {
		shows: isPageShared,
		load: () => import("./cobrowse-window.tsx").then((module) => module.CobrowseWindow),
	},
};
