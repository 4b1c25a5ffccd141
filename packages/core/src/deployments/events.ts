import { deploymentTopic } from "@inlay/contract";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Deployment } from "./model.ts";

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
		},
		announcements: [{ topics: [deploymentTopic(deployment.id)], eventBody: { id: deployment.id, change: what } }],
	};
}
