/// <reference types="vite/client" />
import type { FeatureManifest } from "./feature.ts";
import type { Workspace } from "./workspace.ts";

const found = import.meta.glob<{ manifest: FeatureManifest }>("../features/*/manifest.ts", { eager: true });

/** Every feature of this build, in the order of its entry. */
export const allFeatures: readonly FeatureManifest[] = Object.values(found)
	.map((module) => module.manifest)
	.sort((a, b) => a.entry.order - b.entry.order);

/** The features that this agent may use and the script wants. */
export function featuresFor(workspace: Workspace): readonly FeatureManifest[] {
	const config = workspace.config.value;
	return allFeatures.filter(
		(feature) =>
			(feature.permissions.length === 0 || feature.permissions.some((permission) => workspace.can(permission))) &&
			(feature.enabled?.(config) ?? true),
	);
}
