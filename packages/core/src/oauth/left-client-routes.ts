import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { divisionsWith, requireInDivision } from "../kernel/principal.ts";
import type { Users } from "../users/users.ts";
import type { KnownClient, LeftClients } from "./left-clients.ts";

const viewing = ["oauth:client:view"];

/** Which programs go on after the people who know their secrets. Operations of Inlay's own. */
export function leftClientRoutes(clients: LeftClients, users: Users): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/inlay/v1/users/:userId/clients",
			operationId: "getInlayUserClients",
			summary:
				"Clients with client credentials in use whose secret the user was shown: they go on without the user, and without their rights",
			permission: anyOf(...viewing),
			scope: readScope("oauth"),
			params: idParams("userId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const user = await users.get(params.userId);
				requireInDivision(principal, viewing, user.divisionId);
				return { entities: (await clients.knownTo(user.id)).map(view) };
			},
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/clients/left",
			operationId: "getInlayClientsLeft",
			summary:
				"Clients with client credentials in use whose secret is known to a user who is no longer active, or holds less than they do",
			permission: anyOf(...viewing),
			scope: readScope("oauth"),
			success: { status: 200 },
			async handler({ principal }) {
				const [left, where] = [await clients.left(), divisionsWith(principal, viewing)];
				return { entities: left.filter(({ knownTo }) => where === "all" || where.has(knownTo.divisionId)).map(view) };
			},
		}),
	];
}

function view({ client, knownTo, holdsMore }: KnownClient) {
	const { id, name } = client;
	const { id: userId, name: userName, state } = knownTo;
	return {
		id,
		name,
		holdsMore,
		secretKnownTo: { id: userId, name: userName, state, selfUri: `/api/v2/users/${userId}` },
		selfUri: `/api/v2/oauth/clients/${id}`,
	};
}
