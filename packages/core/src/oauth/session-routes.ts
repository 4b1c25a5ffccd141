import { Type } from "typebox";
import { anyOf, noPermission, type Route, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import type { Users } from "../users/users.ts";
import type { OAuth } from "./oauth.ts";
import { sessionLimitRoutes } from "./session-limit-routes.ts";
import { userSessionRoutes } from "./user-session-routes.ts";

const ownToken = { anyOf: ["user-basic-info"] };

/** Tokens: what mine is, and ending mine or somebody's (platform-api 2.1, 4.2). */
export function sessionRoutes(oauth: OAuth, users: Users): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/tokens/me",
			operationId: "getTokensMe",
			summary: "The token that asks",
			permission: noPermission,
			scope: ownToken,
			query: Type.Object({ preserveIdleTTL: Type.Optional(Type.Boolean()) }),
			success: { status: 200, model: "TokenInfo" },
			handler: ({ principal }) => oauth.tokenInfo(principal),
		}),
		route({
			method: "HEAD",
			path: "/api/v2/tokens/me",
			operationId: "headTokensMe",
			summary: "Whether the token that asks is good",
			permission: noPermission,
			scope: ownToken,
			success: { status: 200 },
			handler: () => undefined,
		}),
		route({
			method: "DELETE",
			path: "/api/v2/tokens/me",
			operationId: "deleteTokensMe",
			summary: "Sign out: end the token that asks",
			permission: noPermission,
			scope: ownToken,
			success: { status: 200 },
			async handler({ principal }) {
				const { settings } = await users.organization.get();
				const everywhere = settings.universalLogout && principal.userId;
				if (everywhere) await oauth.tokens.revoke({ userId: everywhere }, actorOf(principal));
				else await oauth.tokens.signOut(principal.tokenHash, actorOf(principal));
			},
		}),
		route({
			method: "DELETE",
			path: "/api/v2/tokens/:userId",
			operationId: "deleteToken",
			summary: "Sign a user out everywhere",
			permission: anyOf("oauth:token:delete"),
			scope: ownToken,
			params: idParams("userId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const user = await users.get(params.userId);
				if (user.id !== principal.userId) requireInDivision(principal, ["oauth:token:delete"], user.divisionId);
				await oauth.endSessionsOf(user.id, principal);
			},
		}),
		...userSessionRoutes(oauth, users),
		...sessionLimitRoutes(users.organization),
	];
}
