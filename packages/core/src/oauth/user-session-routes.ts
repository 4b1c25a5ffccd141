import { ApiError, notFound } from "../kernel/http/api-error.ts";
import { anyOf, noPermission, type Route, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { holds, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Users } from "../users/users.ts";
import type { OAuth } from "./oauth.ts";
import type { StoredSession } from "./store.ts";

const path = "/api/inlay/v1/users/:userId/sessions";
const ownToken = { anyOf: ["user-basic-info"] };
/** Whoever may end sessions may see them; ending somebody's asks for all that they hold, too. */
const ending = ["oauth:token:delete"];

/** Where a user is signed in, and ending one of it: one's own, or somebody's (ASVS 7.5.2). Operations of Inlay's own. */
export function userSessionRoutes(oauth: OAuth, users: Users): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayUserSessions",
			summary: "Where a user is signed in",
			permission: noPermission,
			forOthers: anyOf(...ending),
			scope: ownToken,
			params: idParams("userId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const sessions = await open(params.userId, principal);
				const [own, clients] = await Promise.all([oauth.sessions.tokenOf(principal), oauth.clients.list()]);
				const names = new Map(clients.map((client) => [client.id, client.name]));
				return { entities: sessions.map((session) => view(session, names, own?.token.familyId)) };
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:sessionId`,
			operationId: "deleteInlayUserSession",
			summary: "Sign a user out of one session",
			permission: noPermission,
			forOthers: anyOf(...ending),
			scope: ownToken,
			params: idParams("userId", "sessionId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const sessions = await open(params.userId, principal);
				const { sessionId } = params;
				if (!sessions.some((session) => session.familyId === sessionId)) throw notFound("session", sessionId);
				await oauth.endSessionsOf(params.userId, principal, sessionId);
			},
		}),
	];

	async function open(userId: string, principal: Principal): Promise<StoredSession[]> {
		const isOwn = userId === principal.userId;
		if (!isOwn) requireAnywhere(principal);
		const user = await users.get(userId);
		if (!isOwn) requireInDivision(principal, ending, user.divisionId);
		return oauth.sessionsOf(user.id);
	}
}

/** Before the user is looked for: which ids there are is nobody's business. */
function requireAnywhere(principal: Principal): void {
	if (ending.some((permission) => holds(principal, permission))) return;
	const params = { permissions: ending.join(", ") };
	throw new ApiError(403, "missing.permissions", "Other people's sessions need the permission {permissions}.", {
		params,
	});
}

function view(session: StoredSession, names: ReadonlyMap<string, string>, own: string | undefined) {
	const { familyId, clientId, since, lastUsedAt, expiresAt } = session;
	return {
		id: familyId,
		client: { id: clientId, name: names.get(clientId) ?? clientId },
		since: since.toISOString(),
		lastUsed: lastUsedAt.toISOString(),
		expires: expiresAt.toISOString(),
		current: familyId === own,
	};
}
