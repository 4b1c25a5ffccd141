import { type Static, type TObject, Type } from "typebox";
import { versionConflict } from "../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import {
	type AskedPermissions,
	anyOf,
	everywhere,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import { seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf, divisionsWith, type Principal, requireInDivision } from "../kernel/principal.ts";
import { chosenDivision, type DivisionDirectory, divisionNames } from "../routing/ports.ts";
import type { Thing } from "./model.ts";
import type { Sent, Things } from "./things.ts";
import type { Names } from "./views.ts";

export interface ThingWords<V, B extends TObject> {
	path: string;
	/** Of the path's parameter. */
	param: string;
	/** In the names of the SDK's operations: `getOutbound<many>`. */
	one: string;
	many: string;
	/** `outbound:<entity>:view`, … */
	entity: string;
	model: string;
	body: B;
	/** Fields of the model that the server fills. */
	readOnly?: readonly string[];
	read(body: Static<B>, before?: Thing<V>): Sent<V> | Promise<Sent<V>>;
	view(thing: Thing<V>, names: Names): object | Promise<object>;
	/** Refuses what the caller may not have it name. @param permission to add, or to edit @throws ApiError 403 */
	permit?(sent: Sent<V>, before: Thing<V> | undefined, principal: Principal, permission: string): Promise<void>;
	/** Refuses what `saved` would, before anything is made or changed. @throws ApiError */
	judge?(sent: Sent<V>, body: Static<B>, divisionId: string, principal: Principal): void;
	/** What else is done with what was sent, after it was saved. */
	saved?(thing: Thing<V>, body: Static<B>, principal: Principal): Promise<void>;
}

/** The five operations that every kind has. @param directory where its things are in divisions */
export function thingRoutes<V, B extends TObject>(
	things: Things<V>,
	words: ThingWords<V, B>,
	directory: DivisionDirectory,
	isDivisioned: boolean,
): Route[] {
	const { path, param, one, many, entity, model, word = things.word } = { ...words, word: things.word };
	const may = (action: string) => `outbound:${entity}:${action}`;
	const asked = (action: string): AskedPermissions =>
		isDivisioned ? anyOf(may(action)) : everywhere(anyOf(may(action)));
	const params = idParams(param);
	const idOf = (given: unknown) => (given as Record<string, string>)[param] ?? "";
	const readOnly = ["version", ...(words.readOnly ?? [])];

	async function answer(thing: Thing<V>) {
		const view = await words.view(thing, await divisionNames(directory));
		return versioned({ ...view, version: thing.version });
	}

	async function permitted(id: string, action: string, principal: Principal): Promise<Thing<V>> {
		const thing = await things.require(id);
		if (isDivisioned) requireInDivision(principal, [may(action)], thing.divisionId ?? "");
		return thing;
	}

	return [
		route({
			method: "GET",
			path,
			operationId: `getOutbound${many}`,
			summary: `Lists ${word}s by name.`,
			permission: anyOf(may("view")),
			scope: readScope("outbound"),
			query: isDivisioned ? divisionedQuery : listQuery,
			success: { status: 200, model: `${model}EntityListing` },
			async handler({ query, principal, url }) {
				const asked = query as Static<typeof divisionedQuery>;
				const page = pageRequest(asked);
				const [ids, wanted] = [readList(asked.id), readList(asked.divisionId)];
				const allowed = divisionsWith(principal, [may("view")]);
				const chosen = new Set(wanted.filter((id) => allowed === "all" || allowed.has(id)));
				const filter = {
					...(asked.name ? { name: asked.name } : {}),
					...(ids.length > 0 ? { ids } : {}),
					...(isDivisioned ? { divisions: wanted.length > 0 ? chosen : allowed } : {}),
					descending: isDescending(asked.sortOrder),
				};
				const { found, total } = await things.list(filter, { limit: page.pageSize, offset: pageOffset(page) });
				const names = await divisionNames(directory);
				const views = await Promise.all(found.map((thing) => words.view(thing, names)));
				return pageOf(views, total, page, url);
			},
		}),
		route({
			method: "POST",
			path,
			operationId: `postOutbound${many}`,
			summary: `Makes a ${word}.`,
			permission: asked("add"),
			scope: writeScope("outbound"),
			body: words.body,
			readOnly,
			success: { status: 200, model },
			errors: ["general.conflict"],
			async handler({ body, principal }) {
				const { division } = body as { division?: { id?: string } };
				const divisionId = isDivisioned ? await chosenDivision(directory, division) : "";
				if (isDivisioned) requireInDivision(principal, [may("add")], divisionId);
				const sent = await words.read(body as Static<B>);
				await words.permit?.(sent, undefined, principal, may("add"));
				words.judge?.(sent, body as Static<B>, divisionId, principal);
				const made = await things.create(sent, actorOf(principal));
				await words.saved?.(made, body as Static<B>, principal);
				return answer(made);
			},
		}),
		route({
			method: "GET",
			path: `${path}/:${param}`,
			operationId: `getOutbound${one}`,
			summary: `One ${word}.`,
			permission: anyOf(may("view")),
			scope: readScope("outbound"),
			params,
			success: { status: 200, model },
			handler: async ({ params: given, principal }) => answer(await permitted(idOf(given), "view", principal)),
		}),
		route({
			method: "PUT",
			path: `${path}/:${param}`,
			operationId: `putOutbound${one}`,
			summary: `Changes a ${word}.`,
			permission: asked("edit"),
			scope: writeScope("outbound"),
			params,
			body: words.body,
			readOnly,
			honoursIfMatch: true,
			success: { status: 200, model },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params: given, body, principal, headers }) {
				const before = await permitted(idOf(given), "edit", principal);
				const seen = seenVersion(headers, (body as { version?: number | null }).version);
				if (seen !== undefined && seen !== before.version) throw versionConflict(word, before.id, seen, before.version);
				const sent = await words.read(body as Static<B>, before);
				if (isDivisioned && sent.divisionId && sent.divisionId !== before.divisionId) {
					requireInDivision(principal, [may("edit")], sent.divisionId);
					await chosenDivision(directory, { id: sent.divisionId });
				}
				await words.permit?.(sent, before, principal, may("edit"));
				words.judge?.(sent, body as Static<B>, sent.divisionId ?? before.divisionId ?? "", principal);
				const now = await things.change(before.id, sent, actorOf(principal), seen);
				await words.saved?.(now, body as Static<B>, principal);
				return answer(now);
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:${param}`,
			operationId: `deleteOutbound${one}`,
			summary: `Deletes a ${word} that nothing uses.`,
			permission: asked("delete"),
			scope: writeScope("outbound"),
			params,
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params: given, principal, headers }) {
				const thing = await permitted(idOf(given), "delete", principal);
				await things.remove(thing.id, actorOf(principal), principal, seenVersion(headers));
			},
		}),
	];
}

const shared = { name: Type.Optional(Type.String({ maxLength: 200 })), sortOrder: SortOrder };
const listQuery = pagedQuery(shared);
const divisionedQuery = pagedQuery({ ...shared, id: CommaList, divisionId: CommaList });
