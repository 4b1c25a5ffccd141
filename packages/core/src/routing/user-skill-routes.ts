import { Type } from "typebox";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { Id, idParams, isDescending, pagedQuery, SortOrder } from "../kernel/http/schemas.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { RoutingUsers } from "./routes.ts";
import { bestProficiency, mostAbilitiesAtOnce, type OwnAbility } from "./skill-model.ts";
import type { Abilities } from "./skills.ts";

const Proficiency = Type.Number({ minimum: 0, maximum: bestProficiency });
const given = Type.Object({ id: Id, proficiency: Proficiency });
const givenList = Type.Array(given, { maxItems: mostAbilitiesAtOnce });

/** What a person can (platform-api 5.2); who may give it to them is judged in their division. */
export function userSkillRoutes(skills: Abilities, languages: Abilities, users: RoutingUsers): Route[] {
	return [...routesOf(skills, users), ...routesOf(languages, users)];
}

function routesOf(abilities: Abilities, users: RoutingUsers): Route[] {
	const { kind } = abilities;
	const [word, Word] = kind === "skill" ? ["routingskill", "Skill"] : ["routinglanguage", "Language"];
	const path = `/api/v2/users/:userId/${word}s`;
	const assign = kind === "skill" ? ["routing:skill:assign"] : ["routing:skill:assign", "routing:language:assign"];
	const model = `UserRouting${Word}`;
	const listing = `User${Word}EntityListing`;

	async function toChange(userId: string, principal: Principal): Promise<string> {
		const user = await users.living(userId);
		requireInDivision(principal, assign, user.divisionId);
		return user.id;
	}
	const view = (userId: string) => (own: OwnAbility) => ({
		...own,
		state: "active",
		[`${kind}Uri`]: `/api/v2/routing/${kind}s/${own.id}`,
		selfUri: `/api/v2/users/${userId}/${word}s/${own.id}`,
	});
	const whole = (userId: string, own: readonly OwnAbility[], url: string) =>
		pageOfAll(own.map(view(userId)), { pageNumber: 1, pageSize: Math.max(25, own.length) }, url);
	const readOnly = ["name", "state", `${kind}Uri`];

	return [
		route({
			method: "GET",
			path,
			operationId: `getUserRouting${kind}s`,
			summary: `Lists what ${kind}s a user has, by name.`,
			permission: noPermission,
			scope: readScope("users"),
			params: idParams("userId"),
			query: pagedQuery({ sortOrder: SortOrder }),
			success: { status: 200, model: listing },
			async handler({ params, query, url }) {
				const { id } = await users.get(params.userId);
				const own = (await abilities.ofUsers([id])).get(id) ?? [];
				const ordered = isDescending(query.sortOrder) ? own.toReversed() : own;
				return pageOfAll(ordered.map(view(id)), pageRequest(query), url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: `postUserRouting${kind}s`,
			summary: `Gives a user a ${kind}.`,
			permission: anyOf(...assign),
			scope: writeScope("users"),
			params: idParams("userId"),
			body: given,
			readOnly,
			success: { status: 200, model },
			async handler({ params, body, principal }) {
				const userId = await toChange(params.userId, principal);
				const now = await abilities.give(userId, [body], actorOf(principal));
				return now.filter((one) => one.id === body.id).map(view(userId))[0];
			},
		}),
		...(["PATCH", "PUT"] as const)
			.filter((method) => method === "PATCH" || kind === "skill")
			.map((method) =>
				route({
					method,
					path: `${path}/bulk`,
					operationId: `${method.toLowerCase()}UserRouting${kind}sBulk`,
					summary: method === "PUT" ? `A user has these ${kind}s and no others.` : `Gives a user ${kind}s.`,
					permission: anyOf(...assign),
					scope: writeScope("users"),
					params: idParams("userId"),
					body: givenList,
					readOnly,
					success: { status: 200, model: listing },
					async handler({ params, body, principal, url }) {
						const userId = await toChange(params.userId, principal);
						const now = await abilities.give(userId, body, actorOf(principal), { all: method === "PUT" });
						return whole(userId, now, url);
					},
				}),
			),
		route({
			method: "DELETE",
			path: `${path}/:${kind}Id`,
			operationId: `deleteUserRouting${kind}`,
			summary: `Takes a ${kind} from a user.`,
			permission: anyOf(...assign),
			scope: writeScope("users"),
			params: idParams("userId", `${kind}Id`),
			success: { status: kind === "skill" ? 200 : 204 },
			async handler({ params, principal }) {
				const all: Readonly<Record<string, string>> = params;
				const userId = await toChange(all.userId ?? "", principal);
				await abilities.take(userId, all[`${kind}Id`] ?? "", actorOf(principal));
			},
		}),
	];
}
