import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actingId, type DivisionSet, divisionsWith, requireInDivision } from "../kernel/principal.ts";
import type { ExplainedUser, Explanations, HeldRole } from "./explain.ts";

/** Who is explained, by the other domains. */
export interface ExplainedPeople {
	/** @throws ApiError 404 */
	user(id: string): Promise<ExplainedUser>;
	/** @param where the divisions whose grants may be told */
	rolesOf(userId: string, where: DivisionSet): Promise<HeldRole[]>;
}

const seeing = "authorization:grant:view";

/** Our own operation: what a person's panel shows in a deployment, and by which role, scope and setting. */
export function explainRoutes(explanations: Explanations, people: ExplainedPeople): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/deployments/:deploymentId/explained/:userId",
			operationId: "getInlayDeploymentExplainedUser",
			summary:
				"What a person's panel shows of the guide's sixteen features in a deployment: what is permitted and by which role, what scopes and settings allow, and why the panel does not open.",
			permission: anyOf(seeing),
			scope: readScope("authorization"),
			params: idParams("deploymentId", "userId"),
			success: {
				status: 200,
				description: "{user, deployment, obstacles, client, settings, features: [{feature, …}]}",
			},
			async handler({ params, principal }) {
				const user = await people.user(params.userId);
				requireInDivision(principal, [seeing], user.divisionId);
				const roles = await people.rolesOf(user.id, divisionsWith(principal, [seeing]));
				return explanations.explain(params.deploymentId, user, roles, actingId(principal));
			},
		}),
	];
}
