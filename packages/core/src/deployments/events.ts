import { deploymentTopic } from "@inlay/contract";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Deployment, DeploymentProperties, StagedRelease } from "./model.ts";

/** A deployment was installed, configured, switched or removed. The script's text stays out of the log. */
export function deploymentEvent(
	what: "installed" | "configured" | "switched" | "removed",
	deployment: Deployment,
	actor?: Actor,
): NewEvent {
	return {
		type: `deployment.${what}`,
		entityType: "deployment",
		entityId: deployment.id,
		actor,
		data: {
			name: deployment.name,
			typeId: deployment.typeId,
			intendedState: deployment.intendedState,
			version: deployment.version,
			scriptVersion: deployment.scriptVersion,
			...(deployment.staged ? { staged: deployment.staged } : {}),
		},
		announcements: [{ topics: [deploymentTopic(deployment.id)], eventBody: { id: deployment.id, change: what } }],
	};
}

/** What decides which code runs in every agent's panel, and whom that code may talk to. */
export interface ScriptChange {
	deploymentId: string;
	name: string;
	/** Of framework.js; absent where there is none any more. */
	version?: number;
	sha256?: string;
	/** Some groups have this version, and everybody else the other. */
	staged?: StagedRelease;
	/** It is so for everybody; else only who has which version first is another matter. */
	forEverybody: boolean;
	/** Settings beside the script that are others now, e.g. `scriptOrigins`. */
	settings: string[];
}

const scriptSettings = [
	"scriptOrigins",
	"connectOrigins",
	"allowedOrigins",
	"development",
	"directMessages",
	"isolation",
	"scriptToken",
] as const;

/** Names of the settings about the script's reach in which two configurations differ. */
export function changedReach(before: DeploymentProperties, after: DeploymentProperties): string[] {
	return scriptSettings.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** Other code runs in the agents' panels from now on, or may reach others: for audit, beside the configuration's event. */
export function scriptChanged(change: ScriptChange, actor?: Actor): NewEvent {
	const { deploymentId, ...data } = change;
	return {
		type: "deployment.script.changed",
		entityType: "deployment",
		entityId: deploymentId,
		actor,
		data: { severity: "warn", ...data },
	};
}
