import type { BootProblem } from "./boot.ts";
import type { FeatureId } from "./permissions/agent-permissions.ts";
import type { FeatureVerdict, PanelPlaceId, RowVerdict } from "./permissions/panel-parts.ts";

/** By what somebody holds a permission. */
export interface PermissionSource {
	permission: string;
	/** Absent where the reader may not see the grant. */
	role?: { id: string; name: string };
	/** The group that holds the role; absent where it was given to the person. */
	group?: { id: string; name: string };
	/** `*` for every one. */
	division?: { id: string; name: string };
}

/** One row of the guide's table, as it is for one person in one deployment. */
export interface ExplainedRow {
	/** Any one of these opens it. */
	permissions: string[];
	label: string;
	sources: PermissionSource[];
	place: PanelPlaceId;
	scopes: string[];
	panelScope: boolean;
	scriptScope: boolean;
	hiddenBy?: NonNullable<RowVerdict["hiddenBy"]>;
	/** Another permission is needed beside the row's own. */
	incomplete: boolean;
	shown: boolean;
}

export interface ExplainedFeature extends Omit<FeatureVerdict, "rows"> {
	feature: FeatureId;
	rows: ExplainedRow[];
}

/** `GET /api/inlay/v1/deployments/{deploymentId}/explained/{userId}`: what one person's panel shows there, and why. */
export interface ExplainedPanel {
	user: { id: string; name: string; state: string; divisionId: string };
	deployment: { id: string; name: string };
	/** Why the panel does not open at all, all of it at once. */
	obstacles: Array<{ code: BootProblem["code"] | "user.inactive"; text: string }>;
	/** The client that the panel signs in with, where there is one. */
	client?: { id: string; name: string };
	/** Whether what framework.js shows could be read from its text: `unsure` where some of it is decided when it runs. */
	settings: "read" | "unsure" | "none";
	features: ExplainedFeature[];
}
