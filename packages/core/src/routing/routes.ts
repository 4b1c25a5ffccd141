import type { Route } from "../kernel/http/route.ts";
import type { Principal } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import type { Assignment } from "./assignment.ts";
import { decisionRoutes } from "./decision-routes.ts";
import type { Decisions } from "./decisions.ts";
import { labelRoutes } from "./label-routes.ts";
import type { UtilizationLabels } from "./labels.ts";
import { memberRoutes } from "./member-routes.ts";
import type { DivisionDirectory, People } from "./ports.ts";
import { queueRoutes } from "./queue-routes.ts";
import { queueStateRoutes } from "./queue-state-routes.ts";
import type { QueueStates } from "./queue-states.ts";
import { queueWrapupRoutes } from "./queue-wrapup-routes.ts";
import type { Queues } from "./queues.ts";
import type { RoutingStatuses } from "./routing-status.ts";
import { skillRoutes } from "./skill-routes.ts";
import type { Abilities } from "./skills.ts";
import { statusRoutes } from "./status-routes.ts";
import { userQueueRoutes } from "./user-queue-routes.ts";
import { userSkillRoutes } from "./user-skill-routes.ts";
import type { UtilizationService } from "./utilization.ts";
import { utilizationRoutes } from "./utilization-routes.ts";
import type { WrapupCodes } from "./wrapup-codes.ts";
import { wrapupRoutes } from "./wrapup-routes.ts";

/** What routing's routes ask of the users domain. */
export interface RoutingUsers extends People {
	/** @throws ApiError 404 `not.found` */
	get(userId: string): Promise<{ id: string; divisionId: string }>;
	/** The same for changes: who is deleted is not found. */
	living(userId: string): Promise<{ id: string; divisionId: string }>;
	/** Users as clients see them with `expand`, by id. @throws ApiError 400 `not.supported` */
	shown(ids: readonly string[], asking: Principal, expand: readonly string[]): Promise<Map<string, object>>;
}

export interface RoutingRouteDeps {
	queues: Queues;
	wrapupCodes: WrapupCodes;
	routingStatus: RoutingStatuses;
	users: RoutingUsers;
	authorization: DivisionDirectory;
	skills: Abilities;
	languages: Abilities;
	utilization: UtilizationService;
	utilizationLabels: UtilizationLabels;
	decisions: Decisions;
	assignment: Pick<Assignment, "explain">;
	queueStates: QueueStates;
}

/** Routing status, queues with their members, wrap-up codes, skills, languages, utilization (platform-api 5.2, 5.7). */
export function routingRoutes(deps: RoutingRouteDeps, sight: Sight): Route[] {
	const {
		queues,
		wrapupCodes,
		routingStatus,
		users,
		authorization,
		skills,
		languages,
		utilization,
		utilizationLabels: labels,
		decisions,
		assignment,
		queueStates,
	} = deps;
	return [
		...statusRoutes(routingStatus, users),
		...queueRoutes(queues, authorization, sight),
		...memberRoutes(queues, users),
		...userQueueRoutes({ queues, users, authorization }),
		...wrapupRoutes(wrapupCodes, queues, authorization),
		...queueWrapupRoutes(queues, authorization),
		...skillRoutes(skills, languages),
		...userSkillRoutes(skills, languages, users),
		...utilizationRoutes(utilization, labels, users),
		...labelRoutes(labels),
		...queueStateRoutes(queueStates, queues),
		...decisionRoutes({ decisions, assignment, queues, users }),
	];
}
