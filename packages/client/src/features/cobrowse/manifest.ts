import { mayCobrowse } from "@inlay/contract/cobrowse/session";
import type { FeatureManifest } from "../../shell/feature.ts";

export const manifest: FeatureManifest = {
	id: "cobrowse",
	// Whoever shares a page goes on when the right is taken away (agent-features 0.1): the card asks for it before it offers.
	permissions: [],
	entry: { place: "card", order: 33 },
	card: {
		shows: ({ media, state, outsideId, cobrowse }, workspace) =>
			state === "connected" &&
			!!outsideId &&
			(media === "call" || media === "message") &&
			(!!cobrowse || mayCobrowse(media === "call" ? "Call" : "Message", (permission) => workspace.can(permission))),
		load: () => import("./cobrowse-card.tsx").then((module) => module.CobrowseCard),
	},
	window: {
		shows: ({ state, cobrowse }) => state === "connected" && !!cobrowse && cobrowse !== "offering",
		load: () => import("./cobrowse-window.tsx").then((module) => module.CobrowseWindow),
	},
};
