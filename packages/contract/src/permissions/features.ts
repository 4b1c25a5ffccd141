import type { AgentPermissionRow, FeatureId } from "./agent-permissions.ts";
import { agentPermissionRows } from "./agent-permissions.ts";
import { holdsPermission } from "./match.ts";

/** What a set of permissions means for one agent feature. */
export interface FeatureAccess {
	feature: FeatureId;
	/** True when at least one row of the feature is granted. */
	available: boolean;
	/** Rows of the permission table that the permissions open, in the table's order. */
	granted: readonly AgentPermissionRow[];
	/** Rows that stay closed: each names the permissions of which any one would open it. */
	lacking: readonly AgentPermissionRow[];
}

/** Every agent feature, in the permission table's order of first mention. */
export const featureIds: readonly FeatureId[] = /* @__PURE__ */ uniqueFeatures();

/**
 * Access to every agent feature under the given permissions (wildcards allowed).
 * The map has an entry for each feature, open or not.
 */
export function featuresOf(permissions: Iterable<string>): Map<FeatureId, FeatureAccess> {
	const held = [...permissions];
	return new Map(featureIds.map((feature) => [feature, explainFeature(feature, held)]));
}

/** Why a feature is open or closed: the one answer that client, console and doctor give. */
export function explainFeature(feature: FeatureId, permissions: Iterable<string>): FeatureAccess {
	const held = [...permissions];
	const granted: AgentPermissionRow[] = [];
	const lacking: AgentPermissionRow[] = [];
	for (const row of agentPermissionRows) {
		if (row.feature !== feature) continue;
		const open = row.permissions.some((wanted) => holdsPermission(held, wanted));
		(open ? granted : lacking).push(row);
	}
	return { feature, available: granted.length > 0, granted, lacking };
}

/** The rows without which the client does not appear at all and that the permissions do not open. */
export function missingRequiredRows(permissions: Iterable<string>): AgentPermissionRow[] {
	const held = [...permissions];
	return agentPermissionRows.filter(
		(row) => row.required && !row.permissions.some((wanted) => holdsPermission(held, wanted)),
	);
}

function uniqueFeatures(): FeatureId[] {
	return [...new Set(agentPermissionRows.map((row) => row.feature))];
}
