import type { FeatureManifest } from "../../shell/feature.ts";

const edit = "conversation:callForwarding:edit";

export const manifest: FeatureManifest = {
	id: "call-forwarding",
	// Whoever has lost them is told where their calls go still, and ends that; the section among the settings asks for them.
	permissions: [],
	entry: { place: "settings", order: 45 },
	load: () => import("./forwarding-section.tsx").then((module) => ({ View: module.ForwardingSection })),
	strip: { load: () => import("./forwarding-section.tsx").then((module) => ({ View: module.ForwardingStrip })) },
	card: {
		shows: ({ media, state, queueId }, workspace) =>
			media === "call" && state === "alerting" && queueId === undefined && workspace.can(edit),
		load: () => import("./forward-once.tsx").then((module) => module.ForwardOnce),
	},
};
