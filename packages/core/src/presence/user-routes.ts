import { Type } from "typebox";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, readList } from "../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Presence } from "./presence.ts";
import { type UserPresenceBody, userPresenceBody } from "./schemas.ts";
import { bulkPresence, userPresence } from "./views.ts";

/** What presence routes ask of the users domain. */
export interface PresenceUsers {
	/** @throws ApiError 404 `not.found` */
	get(userId: string): Promise<{ id: string; divisionId: string }>;
	/** The same for changes: who is deleted is not found. */
	living(userId: string): Promise<{ id: string; divisionId: string }>;
	find(userIds: readonly string[]): Promise<Array<{ id: string }>>;
}

/** The one source of presence that this server has itself; others would be integrations. */
const ownSource = "purecloud";
const mostBulkIds = 500;

export function userPresenceRoutes(presence: Presence, users: PresenceUsers): Route[] {
	const read = async (userId: string) => userPresence(await presence.get((await users.get(userId)).id));

	async function write(userId: string, body: UserPresenceBody, principal: Principal) {
		const user = await users.living(userId);
		requireMayEdit(principal, user);
		const wanted = body.presenceDefinition?.id ?? body.presenceDefinition?.systemPresence ?? undefined;
		if (wanted === undefined && body.message === undefined) {
			throw badField("presenceDefinition", "Send a presenceDefinition with an id, a message, or both.");
		}
		const message = body.message === undefined ? {} : { message: body.message ?? "" };
		return userPresence(await presence.set(user.id, wanted, { ...message, actor: actorOf(principal) }));
	}

	return [
		route({
			method: "GET",
			path: "/api/v2/users/:userId/presences/purecloud",
			operationId: "getUserPresencesPurecloud",
			summary: "A user's presence.",
			permission: noPermission,
			scope: readScope("presence"),
			params: idParams("userId"),
			success: { status: 200, model: "UserPresence" },
			handler: ({ params }) => read(params.userId),
		}),
		route({
			method: "PATCH",
			path: "/api/v2/users/:userId/presences/purecloud",
			operationId: "patchUserPresencesPurecloud",
			summary: "Sets a user's presence.",
			permission: noPermission,
			forOthers: anyOf("presence:userPresence:edit"),
			scope: writeScope("presence"),
			params: idParams("userId"),
			body: userPresenceBody,
			readOnly: ["name", "source", "sourceId", "primary", "inlayThen"],
			success: { status: 200, model: "UserPresence" },
			errors: ["presence.not.authorized.update.on.queue", "presence.after.call.work"],
			handler: ({ params, body, principal }) => write(params.userId, body, principal),
		}),
		route({
			method: "GET",
			path: "/api/v2/users/:userId/presences/:sourceId",
			operationId: "getUserPresence",
			summary: "A user's presence by source.",
			permission: noPermission,
			scope: readScope("presence"),
			params: idParams("userId", "sourceId"),
			success: { status: 200, model: "UserPresence" },
			handler({ params }) {
				requireOwnSource(params.sourceId);
				return read(params.userId);
			},
		}),
		route({
			method: "PATCH",
			path: "/api/v2/users/:userId/presences/:sourceId",
			operationId: "patchUserPresence",
			summary: "Sets a user's presence by source.",
			permission: noPermission,
			forOthers: anyOf("presence:userPresence:edit"),
			scope: writeScope("presence"),
			params: idParams("userId", "sourceId"),
			body: userPresenceBody,
			readOnly: ["name", "source", "sourceId", "primary", "inlayThen"],
			success: { status: 200, model: "UserPresence" },
			errors: ["presence.not.authorized.update.on.queue", "presence.after.call.work"],
			handler({ params, body, principal }) {
				requireOwnSource(params.sourceId);
				return write(params.userId, body, principal);
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/users/presences/purecloud/bulk",
			operationId: "getUsersPresencesPurecloudBulk",
			summary: "The presences of many users; unknown ids are left out.",
			permission: noPermission,
			scope: readScope("presence"),
			query: Type.Object({ id: CommaList }),
			success: { status: 200, model: "Array<UcUserPresence>" },
			async handler({ query }) {
				const ids = readList(query.id);
				if (ids.length > mostBulkIds) throw badField("id", `At most ${mostBulkIds} ids in one request.`);
				const known = (await users.find(ids)).map((user) => user.id);
				return [...(await presence.find(known)).values()].map(bulkPresence);
			},
		}),
	];
}

function requireOwnSource(sourceId: string): void {
	if (sourceId.toLowerCase() !== ownSource) throw notFound("presenceSource", sourceId);
}

/** One's own presence needs no permission; another's needs presence:userPresence:edit (platform-api 5.2). */
function requireMayEdit(principal: Principal, user: { id: string; divisionId: string }): void {
	if (principal.userId === user.id) return;
	requireInDivision(principal, ["presence:userPresence:edit"], user.divisionId);
}
