import type { FeatureManifest } from "../../shell/feature.ts";

/** What stands under one's own emails (agent-features 8.2): for who works for a queue that writes any. */
export const manifest: FeatureManifest = {
	id: "email-signature",
	permissions: [],
	entry: { place: "settings", order: 50 },
	load: () => import("./signature-section.tsx").then((module) => ({ View: module.SignatureSection })),
};
