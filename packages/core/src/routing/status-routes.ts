import { Type } from "typebox";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { RoutingUsers } from "./routes.ts";
import type { RoutingStatuses } from "./routing-status.ts";
import { routingStatusView } from "./views.ts";

/** `GET` and `PUT /users/{userId}/routingstatus` (platform-api 5.2). */
export function statusRoutes(routingStatus: RoutingStatuses, users: RoutingUsers): Route[] {
	const path = "/api/v2/users/:userId/routingstatus";
	return [
		route({
			method: "GET",
			path,
			operationId: "getUserRoutingstatus",
			summary: "A user's routing status.",
			permission: noPermission,
			scope: readScope("users"),
			params: idParams("userId"),
			success: { status: 200, model: "RoutingStatus" },
			async handler({ params }) {
				const user = await users.get(params.userId);
				return routingStatusView(await routingStatus.get(user.id));
			},
		}),
		route({
			method: "PUT",
			path,
			operationId: "putUserRoutingstatus",
			summary: "Makes a user idle again after an offer that rang out.",
			permission: noPermission,
			forOthers: anyOf("presence:userPresence:edit"),
			scope: writeScope("users"),
			params: idParams("userId"),
			body: Type.Object({ status: Type.String() }),
			readOnly: ["userId", "startTime"],
			success: { status: 200, model: "RoutingStatus" },
			errors: ["request.conflict"],
			async handler({ params, body, principal }) {
				const user = await users.living(params.userId);
				requireMaySet(principal, user);
				return routingStatusView(await routingStatus.request(user.id, body.status, actorOf(principal)));
			},
		}),
	];
}

/** One's own needs no permission; another's the one that their presence needs, of which it follows (our rule). */
function requireMaySet(principal: Principal, user: { id: string; divisionId: string }): void {
	if (principal.userId === user.id) return;
	requireInDivision(principal, ["presence:userPresence:edit"], user.divisionId);
}
