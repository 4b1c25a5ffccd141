import type { FeatureManifest } from "../../shell/feature.ts";

export const manifest: FeatureManifest = {
	id: "messages",
	permissions: [
		"conversation:message:view",
		"conversation:message:create",
		"conversation:webmessaging:view",
		"conversation:webmessaging:create",
	],
	entry: { place: "card", order: 36 },
	card: {
		shows: ({ media }) => media === "message",
		load: () => import("./message-card.tsx").then((module) => module.MessageCard),
		inWindow: true,
	},
};
