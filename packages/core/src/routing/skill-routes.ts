import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import {
	Answer,
	type AskedPermissions,
	anyOf,
	everywhere,
	noPermission,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import { etagOf, SeenVersionText, seenVersion } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import { Name } from "./schemas.ts";
import type { Ability } from "./skill-model.ts";
import type { Abilities } from "./skills.ts";

interface Words {
	path: string;
	/** In the names of the SDK's operations: `getRouting<many>`. */
	one: string;
	many: string;
	/** Whoever holds one of these may read. */
	view: AskedPermissions | typeof noPermission;
	create: AskedPermissions;
	delete: AskedPermissions;
}

const skillWords: Words = {
	path: "/api/v2/routing/skills",
	one: "Skill",
	many: "Skills",
	view: anyOf("routing:skill:view"),
	create: anyOf("routing:skill:manage", "routing:skill:create"),
	delete: anyOf("routing:skill:manage", "routing:skill:delete"),
};

const languageWords: Words = {
	path: "/api/v2/routing/languages",
	one: "Language",
	many: "Languages",
	view: noPermission,
	create: anyOf("routing:skill:manage"),
	delete: anyOf("routing:skill:manage"),
};

/** Skills and languages are the whole organization's (platform-api 5.2). */
export function skillRoutes(skills: Abilities, languages: Abilities): Route[] {
	return [...routesOf(skills, skillWords), ...routesOf(languages, languageWords)];
}

function routesOf(abilities: Abilities, { path, one, many, ...may }: Words): Route[] {
	const { kind } = abilities;
	const view = (ability: Ability) => ({
		id: ability.id,
		name: ability.name,
		dateModified: ability.dateModified.toISOString(),
		state: "active",
		version: String(ability.version),
		selfUri: `${path}/${ability.id}`,
	});
	const answer = (ability: Ability) => new Answer(200, view(ability), { etag: etagOf(ability.version) });
	const model = kind === "skill" ? "RoutingSkill" : "Language";

	return [
		route({
			method: "GET",
			path,
			operationId: `getRouting${many}`,
			summary: `Lists ${kind}s by name.`,
			permission: may.view,
			scope: readScope("routing"),
			query: pagedQuery({
				name: Type.Optional(Type.String({ maxLength: 200 })),
				id: CommaList,
				sortOrder: SortOrder,
			}),
			success: { status: 200, model: `${one}EntityListing` },
			async handler({ query, url }) {
				const page = pageRequest(query);
				const ids = readList(query.id);
				const filter = {
					...(query.name ? { name: query.name } : {}),
					...(ids.length > 0 ? { ids } : {}),
					descending: isDescending(query.sortOrder),
				};
				const { found, total } = await abilities.list(filter, { limit: page.pageSize, offset: pageOffset(page) });
				return pageOf(found.map(view), total, page, url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: `postRouting${many}`,
			summary: `Makes a ${kind}.`,
			permission: everywhere(may.create),
			scope: writeScope("routing"),
			body: Type.Object({ name: Name }),
			readOnly: ["dateModified", "state", "version"],
			success: { status: 200, model },
			errors: ["general.conflict"],
			handler: async ({ body, principal }) => answer(await abilities.create(body.name, actorOf(principal))),
		}),
		route({
			method: "GET",
			path: `${path}/:${kind}Id`,
			operationId: `getRouting${one}`,
			summary: `One ${kind}.`,
			permission: may.view,
			scope: readScope("routing"),
			params: idParams(`${kind}Id`),
			success: { status: 200, model },
			handler: async ({ params }) => answer(await abilities.require(idOf(params, kind))),
		}),
		route({
			method: "PATCH",
			path: `${path}/:${kind}Id`,
			operationId: kind === "skill" ? "patchRoutingSkill" : "patchInlayRoutingLanguage",
			summary: `Renames a ${kind}.`,
			permission: everywhere(anyOf("routing:skill:manage")),
			scope: writeScope("routing"),
			params: idParams(`${kind}Id`),
			body: Type.Object({ name: Name, version: SeenVersionText }),
			readOnly: ["dateModified", "state"],
			honoursIfMatch: true,
			success: { status: 200, model },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, body, principal, headers }) {
				const id = idOf(params, kind);
				return answer(await abilities.rename(id, body.name, actorOf(principal), seenVersion(headers, body.version)));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:${kind}Id`,
			operationId: `deleteRouting${one}`,
			summary: `Deletes a ${kind} and takes it from all who have it.`,
			permission: everywhere(may.delete),
			scope: writeScope("routing"),
			params: idParams(`${kind}Id`),
			honoursIfMatch: true,
			success: { status: kind === "skill" ? 200 : 204 },
			errors: ["version.conflict"],
			async handler({ params, principal, headers }) {
				await abilities.remove(idOf(params, kind), actorOf(principal), seenVersion(headers));
			},
		}),
	];
}

function idOf(params: Readonly<Record<string, string>>, kind: string): string {
	return params[`${kind}Id`] ?? "";
}
