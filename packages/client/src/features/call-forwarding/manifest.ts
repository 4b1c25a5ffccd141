import type { FeatureManifest } from "../../shell/feature.ts";

const edit = "conversation:callForwarding:edit";

export const manifest: FeatureManifest = {
	id: "call-forwarding",
	permissions: [edit, "conversation:callForwarding:view"],
	entry: { place: "settings", order: 45 },
	load: () => import("./forwarding-section.tsx").then((module) => ({ View: module.ForwardingSection })),
	strip: { load: () => import("./forwarding-section.tsx").then((module) => ({ View: module.ForwardingStrip })) },
	card: {
		shows: ({ media, state, queueId }, workspace) =>
			media === "call" && state === "alerting" && queueId === undefined && workspace.can(edit),
		load: () => import("./forward-once.tsx").then((module) => module.ForwardOnce),
	},
};
