import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf, divisionsWith, type Principal } from "../kernel/principal.ts";
import type { Deployments } from "./deployments.ts";
import { type UseFacts, usersOf } from "./use.ts";
import { integrationView } from "./views.ts";

/** Somebody who is told by name. */
interface Person {
	id: string;
	name: string;
	divisionId: string;
}

export interface UseRouteFacts extends UseFacts {
	people(ids: readonly string[]): Promise<readonly Person[]>;
}

const seeing = ["directory:user:view"];

/** Our own operations: who has something in hand in a deployment's panels, and taking these away at once. */
export function useRoutes(deployments: Deployments, facts: UseRouteFacts): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/deployments/:deploymentId/use",
			operationId: "getInlayDeploymentUse",
			summary:
				"Who has an interaction in hand and may be in the deployment's panel: how many, and those by name whom one may see",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			params: idParams("deploymentId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const atWork = await usersOf(await deployments.get(params.deploymentId), facts);
				return { total: atWork.length, entities: await seen(atWork, principal) };
			},
		}),
		route({
			method: "POST",
			path: "/api/inlay/v1/deployments/:deploymentId/close",
			operationId: "postInlayDeploymentClose",
			summary: "Switch a deployment off for whoever has something in hand, too",
			permission: everywhere(anyOf("integrations:integration:edit")),
			scope: writeScope("integrations"),
			params: idParams("deploymentId"),
			success: { status: 200, model: "Integration" },
			handler: async ({ params, principal }) =>
				integrationView(await deployments.close(params.deploymentId, actorOf(principal))),
		}),
	];

	async function seen(ids: readonly string[], principal: Principal) {
		const where = divisionsWith(principal, seeing);
		const visible = (await facts.people(ids)).filter((one) => where === "all" || where.has(one.divisionId));
		return visible.map(({ id, name }) => ({ id, name, selfUri: `/api/v2/users/${id}` }));
	}
}
