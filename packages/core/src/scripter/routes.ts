import { type Static, Type } from "typebox";
import { notFound } from "../kernel/http/api-error.ts";
import { type Page, pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, isDescending, pagedQuery, readList, SortOrder } from "../kernel/http/schemas.ts";
import { actorOf, divisionsWith, type Principal, requireInDivision } from "../kernel/principal.ts";
import { type DivisionDirectory, divisionNames } from "../routing/ports.ts";
import type { AgentScript, PublishedScript } from "./model.ts";
import type { ScriptFilter } from "./script-store.ts";
import type { Scripts } from "./scripts.ts";
import { pageViews, publishedView, scriptView, variablesView } from "./views.ts";

const drafts = "/api/v2/scripts";
const published = `${drafts}/published`;
const read = readScope("scripts");

const listQuery = pagedQuery({
	name: Type.Optional(Type.String({ maxLength: 200 })),
	scriptIds: CommaList,
	divisionIds: CommaList,
	sortOrder: SortOrder,
});
const scriptParams = idParams("scriptId");
const pageParams = idParams("scriptId", "pageId");

/** Scripts as the platform's operations have them: what is written, and what was published (platform-api 5.18). */
export function agentScriptRoutes(scripts: Scripts, directory: DivisionDirectory): Route[] {
	const names = () => divisionNames(directory);

	async function list(query: Static<typeof listQuery>, principal: Principal, permission: string, isPublished: boolean) {
		const page = pageRequest(query);
		const { found, total } = await scripts.store.list(filterOf(query, principal, permission, isPublished), {
			limit: page.pageSize,
			offset: pageOffset(page),
		});
		return { page, found, total };
	}

	async function draftPage(query: Static<typeof listQuery>, principal: Principal, permission: string, url: string) {
		const { page, found, total } = await list(query, principal, permission, false);
		const divisions = await names();
		return pageOf(
			found.map((script) => scriptView(script, divisions)),
			total,
			page,
			url,
		);
	}

	async function publishedPage(
		query: Static<typeof listQuery>,
		principal: Principal,
		permission: string,
		url: string,
	): Promise<Page<object>> {
		const { page, found, total } = await list(query, principal, permission, true);
		const versions = await scripts.store.versionsById(found.flatMap((one) => one.published?.versionId ?? []));
		const divisions = await names();
		const views = found.flatMap(({ published: newest }) => {
			const version = versions.get(newest?.versionId ?? "");
			return version ? [publishedView(version, divisions)] : [];
		});
		return pageOf(views, total, page, url);
	}

	async function draft(id: string, principal: Principal): Promise<AgentScript> {
		const script = await scripts.require(id);
		requireInDivision(principal, ["scripter:script:view"], script.divisionId);
		return script;
	}

	async function version(id: string, principal: Principal, permission = "scripter:publishedScript:view") {
		const found = await scripts.requirePublished(id);
		requireInDivision(principal, [permission], found.divisionId);
		return found;
	}

	const pagesOf = (found: AgentScript | PublishedScript, versionId: string, path: string) =>
		pageViews(found.document, versionId, path);

	return [
		route({
			method: "GET",
			path: drafts,
			operationId: "getScripts",
			summary: "Lists scripts by name, as they are being written.",
			permission: anyOf("scripter:script:view"),
			scope: read,
			query: listQuery,
			success: { status: 200, model: "ScriptEntityListing" },
			handler: ({ query, principal, url }) => draftPage(query, principal, "scripter:script:view", url),
		}),
		route({
			method: "GET",
			path: `${drafts}/divisionviews`,
			operationId: "getScriptsDivisionviews",
			summary: "Lists scripts by name, for whoever chooses among them.",
			permission: anyOf("scripter:script:search"),
			scope: read,
			query: listQuery,
			success: { status: 200, model: "ScriptEntityListing" },
			handler: ({ query, principal, url }) => draftPage(query, principal, "scripter:script:search", url),
		}),
		route({
			method: "GET",
			path: `${drafts}/:scriptId`,
			operationId: "getScript",
			summary: "One script, as it is being written.",
			permission: anyOf("scripter:script:view"),
			scope: read,
			params: scriptParams,
			success: { status: 200, model: "Script" },
			handler: async ({ params, principal }) => scriptView(await draft(params.scriptId, principal), await names()),
		}),
		route({
			method: "GET",
			path: `${drafts}/:scriptId/pages`,
			operationId: "getScriptPages",
			summary: "The pages of a script, as they are being written.",
			permission: anyOf("scripter:script:view"),
			scope: read,
			params: scriptParams,
			success: { status: 200 },
			async handler({ params, principal }) {
				const script = await draft(params.scriptId, principal);
				return pagesOf(script, `draft-${script.version}`, `${drafts}/${script.id}`);
			},
		}),
		route({
			method: "GET",
			path: `${drafts}/:scriptId/pages/:pageId`,
			operationId: "getScriptPage",
			summary: "One page of a script, as it is being written.",
			permission: anyOf("scripter:script:view"),
			scope: read,
			params: pageParams,
			success: { status: 200, model: "Page" },
			async handler({ params, principal }) {
				const script = await draft(params.scriptId, principal);
				return onePage(pagesOf(script, `draft-${script.version}`, `${drafts}/${script.id}`), params.pageId);
			},
		}),
		route({
			method: "GET",
			path: published,
			operationId: "getScriptsPublished",
			summary: "Lists the newest published versions of scripts.",
			permission: anyOf("scripter:publishedScript:view"),
			scope: read,
			query: listQuery,
			success: { status: 200, model: "ScriptEntityListing" },
			handler: ({ query, principal, url }) => publishedPage(query, principal, "scripter:publishedScript:view", url),
		}),
		route({
			method: "POST",
			path: published,
			operationId: "postScriptsPublished",
			summary: "Publishes what is written: agents get it from their next interaction on.",
			permission: anyOf("scripter:publishedScript:add"),
			scope: writeScope("scripts"),
			body: Type.Object({ scriptId: Type.String({ minLength: 1, maxLength: 200 }) }),
			success: { status: 200, model: "Script" },
			async handler({ body, principal }) {
				const script = await scripts.require(body.scriptId);
				requireInDivision(principal, ["scripter:publishedScript:add"], script.divisionId);
				return publishedView(await scripts.publish(script.id, undefined, actorOf(principal)), await names());
			},
		}),
		route({
			method: "GET",
			path: `${published}/divisionviews`,
			operationId: "getScriptsPublishedDivisionviews",
			summary: "Lists the newest published versions of scripts, for whoever chooses among them.",
			permission: anyOf("scripter:publishedScript:search"),
			scope: read,
			query: listQuery,
			success: { status: 200, model: "ScriptEntityListing" },
			handler: ({ query, principal, url }) => publishedPage(query, principal, "scripter:publishedScript:search", url),
		}),
		route({
			method: "GET",
			path: `${published}/divisionviews/:scriptId/variables`,
			operationId: "getScriptsPublishedDivisionviewVariables",
			summary: "The variables of a script's newest published version, by name.",
			permission: anyOf("scripter:publishedScript:search"),
			scope: read,
			params: scriptParams,
			success: { status: 200 },
			handler: async ({ params, principal }) =>
				variablesView((await version(params.scriptId, principal, "scripter:publishedScript:search")).document),
		}),
		route({
			method: "GET",
			path: `${published}/:scriptId`,
			operationId: "getScriptsPublishedScriptId",
			summary: "A script's newest published version.",
			permission: anyOf("scripter:publishedScript:view"),
			scope: read,
			params: scriptParams,
			success: { status: 200, model: "Script" },
			handler: async ({ params, principal }) => publishedView(await version(params.scriptId, principal), await names()),
		}),
		route({
			method: "GET",
			path: `${published}/:scriptId/pages`,
			operationId: "getScriptsPublishedScriptIdPages",
			summary: "The pages of a script's newest published version.",
			permission: anyOf("scripter:publishedScript:view"),
			scope: read,
			params: scriptParams,
			success: { status: 200 },
			async handler({ params, principal }) {
				const found = await version(params.scriptId, principal);
				return pagesOf(found, found.id, `${published}/${found.scriptId}`);
			},
		}),
		route({
			method: "GET",
			path: `${published}/:scriptId/pages/:pageId`,
			operationId: "getScriptsPublishedScriptIdPage",
			summary: "One page of a script's newest published version.",
			permission: anyOf("scripter:publishedScript:view"),
			scope: read,
			params: pageParams,
			success: { status: 200, model: "Page" },
			async handler({ params, principal }) {
				const found = await version(params.scriptId, principal);
				return onePage(pagesOf(found, found.id, `${published}/${found.scriptId}`), params.pageId);
			},
		}),
		route({
			method: "GET",
			path: `${published}/:scriptId/variables`,
			operationId: "getScriptsPublishedScriptIdVariables",
			summary: "The variables of a script's newest published version, by name.",
			permission: anyOf("scripter:publishedScript:view"),
			scope: read,
			params: scriptParams,
			success: { status: 200 },
			handler: async ({ params, principal }) => variablesView((await version(params.scriptId, principal)).document),
		}),
	];
}

function filterOf(
	query: Static<typeof listQuery>,
	principal: Principal,
	permission: string,
	published: boolean,
): ScriptFilter {
	const allowed = divisionsWith(principal, [permission]);
	const [ids, wanted] = [readList(query.scriptIds), readList(query.divisionIds)];
	const chosen = new Set(wanted.filter((id) => allowed === "all" || allowed.has(id)));
	return {
		...(query.name ? { name: query.name } : {}),
		...(ids.length > 0 ? { ids } : {}),
		divisions: wanted.length > 0 ? chosen : allowed,
		published,
		descending: isDescending(query.sortOrder),
	};
}

function onePage<P extends { id: string }>(pages: readonly P[], id: string): P {
	const found = pages.find((page) => page.id === id);
	if (!found) throw notFound("page", id);
	return found;
}
