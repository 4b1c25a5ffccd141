import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import type { Deployments } from "./deployments.ts";
import type { DeploymentTroubles, Trouble, Troubles } from "./troubles.ts";

/** Our own operation: what administrators should know of their panels before agents tell it. */
export function troubleRoutes(deployments: Deployments, troubles: DeploymentTroubles): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/deployments/troubles",
			operationId: "getInlayDeploymentsTroubles",
			summary: "List the deployments whose script has failed or whose panels were refused since the last upload.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			success: { status: 200 },
			handler: async () => {
				const found = (await deployments.overview()).map((deployment) => {
					const kept = Object.entries(troubles.of(deployment)) as [keyof Troubles, Trouble][];
					return { id: deployment.id, ...Object.fromEntries(kept.map(([kind, one]) => [kind, troubleView(one)])) };
				});
				return { entities: found.filter((one) => Object.keys(one).length > 1) };
			},
		}),
	];
}

function troubleView({ at, ...rest }: Trouble) {
	return { ...rest, at: at.toISOString() };
}
