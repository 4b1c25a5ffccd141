import { type TSchema, Type } from "typebox";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import { allOf, anyOf, type Route, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { holds, type Principal } from "../kernel/principal.ts";
import type { User } from "../users/model.ts";
import { plainCriterion, stateIsWanted } from "../users/search-schema.ts";
import type { SearchCriterion } from "../users/search-store.ts";
import type { UserFilter } from "../users/store.ts";
import { changingUsers } from "../users/user-routes.ts";
import { mostPeople, type PeopleAtOnce } from "./at-once.ts";
import type { Deed, Deeds, peopleDeeds } from "./deeds.ts";

const body = Type.Object({
	/** As `POST /users/search` has it, but for groups of criteria; an empty one would be everybody. */
	query: Type.Optional(Type.Array(plainCriterion, { minItems: 1, maxItems: 50 })),
	/** Instead of a search: these, where they are there. */
	ids: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: mostPeople })),
	preview: Type.Optional(Type.Boolean()),
	seen: Type.Optional(Type.String({ maxLength: 100 })),
});

interface Asked {
	body: { query?: unknown; ids?: readonly string[]; preview?: boolean; seen?: string };
	principal: Principal;
	asNow(): Promise<Principal>;
}

/** What a preview tells beside who matches. */
export interface Looks {
	/** Ids of those who are in a call now. */
	inCall(userIds: string[]): Promise<ReadonlySet<string>>;
	/** Whether nobody is left in a group without these people. */
	emptied(groupId: string, people: readonly User[]): Promise<boolean>;
}

const path = "/api/inlay/v1/people";
const errors = ["people.changed", "too.many.people", "last.administrator"];
/** Who is found is told by name. */
const sight = "directory:user:view";
const managing = anyOf("routing:queue:edit", "routing:queueMember:manage");

/**
 * One thing done with everybody whom a search finds, in one request; operations of Inlay's own. Who is refused is told by name
 * and stops nobody else; `preview` tells who is affected and does nothing.
 */
export function peopleAtOnceRoutes(atOnce: PeopleAtOnce, deeds: Deeds, looks: Looks): Route[] {
	const declared = <Params extends TSchema>(
		{
			at,
			id,
			summary,
			params,
			...guards
		}: Pick<Route, "permission" | "scope"> & {
			at: string;
			id: (typeof peopleDeeds)[number];
			summary: string;
			params: Params;
		},
		deedOf: (principal: Principal, params: Record<string, string>) => Deed,
	) =>
		route({
			...{ method: "POST", path: `${path}/${at}`, operationId: `postInlayPeople${id}`, summary, params, body },
			...guards,
			forOthers: anyOf(sight),
			success: { status: 200 },
			errors,
			handler: ({ params, ...asked }) => {
				const named = params as Record<string, string>;
				return run((by) => deedOf(by, named), asked, named.groupId);
			},
		});

	async function run(deedOf: (by: Principal) => Deed, { body, principal, asNow }: Asked, groupId?: string) {
		const { preview, seen, ...whom } = body;
		requireSight(principal);
		const filter = filterOf(whom);
		if (!preview) return atOnce.run(deedOf, filter, { by: principal, asNow, seen });
		const { people, ...told } = await atOnce.preview(deedOf(principal), filter, principal);
		const busy = await looks.inCall(people.map(({ id }) => id));
		return {
			...told,
			self: people.some(({ id }) => id === principal.userId),
			inCall: people.filter(({ id }) => busy.has(id)).map(({ name }) => name),
			emptied: groupId !== undefined && (await looks.emptied(groupId, people)),
		};
	}

	const none = Type.Object({});
	const [ofUsers, ofRights] = [writeScope("users"), writeScope("authorization")];
	const [ofGroups, ofQueues] = [writeScope("groups"), writeScope("routing")];
	return [
		declared(
			{
				at: "deactivate",
				id: "Deactivate",
				summary: "Put people out of work",
				params: none,
				permission: anyOf(...changingUsers),
				scope: ofUsers,
			},
			(by) => deeds.setState(by, "inactive"),
		),
		declared(
			{
				at: "activate",
				id: "Activate",
				summary: "Let people work again",
				params: none,
				permission: anyOf(...changingUsers),
				scope: ofUsers,
			},
			(by) => deeds.setState(by, "active"),
		),
		declared(
			{
				at: "sign-out",
				id: "SignOut",
				summary: "Sign people out everywhere",
				params: none,
				permission: anyOf("oauth:token:delete"),
				scope: ofUsers,
			},
			(by) => deeds.signOut(by),
		),
		declared(
			{
				at: "roles/:roleId/divisions/:divisionId/give",
				id: "RoleGive",
				summary: "Give people a role",
				params: idParams("roleId", "divisionId"),
				permission: allOf("authorization:grant:add"),
				scope: ofRights,
			},
			(by, { roleId = "", divisionId = "" }) => deeds.giveRole(by, roleId, divisionId),
		),
		declared(
			{
				at: "roles/:roleId/take",
				id: "RoleTake",
				summary: "Take a role from people, in whatever division they hold it themselves",
				params: idParams("roleId"),
				permission: anyOf("authorization:grant:delete"),
				scope: ofRights,
			},
			(by, { roleId = "" }) => deeds.takeRole(by, roleId),
		),
		declared(
			{
				at: "groups/:groupId/join",
				id: "GroupJoin",
				summary: "Put people into a group",
				params: idParams("groupId"),
				permission: anyOf("directory:group:edit"),
				scope: ofGroups,
			},
			(by, { groupId = "" }) => deeds.joinGroup(by, groupId),
		),
		declared(
			{
				at: "groups/:groupId/leave",
				id: "GroupLeave",
				summary: "Take people out of a group",
				params: idParams("groupId"),
				permission: anyOf("directory:group:edit"),
				scope: ofGroups,
			},
			(by, { groupId = "" }) => deeds.leaveGroup(by, groupId),
		),
		declared(
			{
				at: "queues/:queueId/join",
				id: "QueueJoin",
				summary: "Put people into a queue",
				params: idParams("queueId"),
				permission: managing,
				scope: ofQueues,
			},
			(by, { queueId = "" }) => deeds.joinQueue(by, queueId),
		),
		declared(
			{
				at: "queues/:queueId/leave",
				id: "QueueLeave",
				summary: "Take people out of a queue",
				params: idParams("queueId"),
				permission: managing,
				scope: ofQueues,
			},
			(by, { queueId = "" }) => deeds.leaveQueue(by, queueId),
		),
	];
}

/** Nobody finds out by a search here whom they may not search for. */
function requireSight(principal: Principal): void {
	if (holds(principal, sight)) return;
	throw new ApiError(403, "missing.permissions", "This needs the permission {permissions}.", {
		params: { permissions: sight },
	});
}

const living = { type: "EXACT", fields: ["state"], values: ["active", "inactive"] };

/**
 * As the search of users: deleted ones are found by nobody here, whatever state is asked for.
 * @throws ApiError 400 where nobody is named, or in two ways
 */
function filterOf({ query, ids }: Pick<Asked["body"], "query" | "ids">): UserFilter {
	if ((query === undefined) === (ids === undefined))
		throw badField(
			query === undefined ? "query" : "ids",
			"Name whom it is about by query or by ids, and by one of them.",
		);
	if (ids) return { ids: [...new Set(ids)], state: "any", search: [living] };
	const criteria = query as SearchCriterion[];
	const search = stateIsWanted(criteria) ? [...criteria, living] : [...criteria];
	return { state: stateIsWanted(criteria) ? "any" : "active", search };
}
