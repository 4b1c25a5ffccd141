import type { FeatureManifest } from "../../shell/feature.ts";

export const manifest: FeatureManifest = {
	id: "call-forwarding",
	permissions: ["conversation:callForwarding:edit", "conversation:callForwarding:view"],
	entry: { place: "settings", order: 45 },
	load: () => import("./forwarding-section.tsx").then((module) => ({ View: module.ForwardingSection })),
	strip: { load: () => import("./forwarding-section.tsx").then((module) => ({ View: module.ForwardingStrip })) },
};
