import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";
import { Type } from "typebox";
import { notFound, versionConflict } from "../kernel/http/api-error.ts";
import { pageOrAll } from "../kernel/http/paging.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Named, Sight } from "../kernel/sight.ts";
import { chosenDivision, type DivisionDirectory, divisionIdOf, divisionNames } from "../routing/ports.ts";
import { readDocument } from "./document-schema.ts";
import type { AgentScript, PublishedScript } from "./model.ts";
import { namesIn } from "./names-in.ts";
import type { Scripts } from "./scripts.ts";

const path = "/api/inlay/v1/scripts";
const one = `${path}/:scriptId`;

const ScriptBody = Type.Object({
	name: Type.String({ minLength: 1, maxLength: 100, pattern: "\\S" }),
	division: Type.Optional(Type.Object({ id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) })),
	/** Read by `readDocument`, which names the place that it refuses. */
	document: Type.Unknown(),
	version: SeenVersion,
});

/** Writing scripts; ours: the platform's own editor has no public operations (agent-features 17, "Designer"). */
export function scriptEditRoutes(scripts: Scripts, directory: DivisionDirectory, sight: Sight): Route[] {
	async function permitted(id: string, permission: string, principal: Principal): Promise<AgentScript> {
		const script = await scripts.require(id);
		requireInDivision(principal, [permission], script.divisionId);
		return script;
	}

	async function view({ id, name, divisionId, version, document, dateModified, published }: AgentScript) {
		const names = await divisionNames(directory);
		return versioned({
			...{ id, name, version, document },
			division: { id: divisionId, name: names.get(divisionId) ?? "" },
			dateModified: dateModified.toISOString(),
			...(published
				? { published: { versionId: published.versionId, number: published.number, at: published.at.toISOString() } }
				: {}),
		});
	}

	return [
		route({
			method: "POST",
			path,
			operationId: "postInlayScripts",
			summary: "Begins a script.",
			permission: anyOf("scripter:script:add"),
			scope: writeScope("scripts"),
			body: ScriptBody,
			readOnly: ["id", "version", "dateModified", "published"],
			success: { status: 200 },
			errors: ["general.conflict"],
			async handler({ body: { name, division, document: sent }, principal }) {
				const divisionId = await chosenDivision(directory, division);
				requireInDivision(principal, ["scripter:script:add"], divisionId);
				const document = readDocument(sent);
				await sight.requireNew(principal, sightedIn(document));
				return view(await scripts.create({ name, divisionId, document }, actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: one,
			operationId: "getInlayScript",
			summary: "One script, whole, as it is being written.",
			permission: anyOf("scripter:script:view"),
			scope: readScope("scripts"),
			params: idParams("scriptId"),
			success: { status: 200 },
			handler: async ({ params, principal }) =>
				view(await permitted(params.scriptId, "scripter:script:view", principal)),
		}),
		route({
			method: "PUT",
			path: one,
			operationId: "putInlayScript",
			summary: "Saves a script; agents see it once it is published.",
			permission: anyOf("scripter:script:edit"),
			scope: writeScope("scripts"),
			params: idParams("scriptId"),
			body: ScriptBody,
			readOnly: ["id", "dateModified", "published"],
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, body, principal, headers }) {
				const before = await permitted(params.scriptId, "scripter:script:edit", principal);
				const seen = seenVersion(headers, body.version);
				if (seen !== undefined && seen !== before.version)
					throw versionConflict("script", before.id, seen, before.version);
				const divisionId = divisionIdOf(body.division)
					? await chosenDivision(directory, body.division)
					: before.divisionId;
				requireInDivision(principal, ["scripter:script:edit"], divisionId);
				const document = readDocument(body.document);
				await sight.requireNew(principal, sightedIn(document), sightedIn(before.document));
				return view(
					await scripts.change(before.id, { name: body.name, divisionId, document }, seen, actorOf(principal)),
				);
			},
		}),
		route({
			method: "DELETE",
			path: one,
			operationId: "deleteInlayScript",
			summary: "Deletes a script that nothing shows, with its published versions.",
			permission: anyOf("scripter:script:delete"),
			scope: writeScope("scripts"),
			params: idParams("scriptId"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["general.conflict", "version.conflict"],
			async handler({ params, principal, headers }) {
				const script = await permitted(params.scriptId, "scripter:script:delete", principal);
				await scripts.remove(script.id, seenVersion(headers), actorOf(principal), principal);
			},
		}),
		route({
			method: "POST",
			path: `${one}/publish`,
			operationId: "postInlayScriptPublish",
			summary: "Publishes what was saved last, and nothing that somebody saves meanwhile.",
			permission: anyOf("scripter:publishedScript:add"),
			scope: writeScope("scripts"),
			params: idParams("scriptId"),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler({ params, principal, headers }) {
				const script = await permitted(params.scriptId, "scripter:publishedScript:add", principal);
				return versionView(await scripts.publish(script.id, seenVersion(headers), actorOf(principal)));
			},
		}),
		route({
			method: "GET",
			path: `${one}/versions`,
			operationId: "getInlayScriptVersions",
			summary: "What was published of a script, the newest first.",
			permission: anyOf("scripter:script:view"),
			scope: readScope("scripts"),
			params: idParams("scriptId"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ params, principal, query, url }) {
				const script = await permitted(params.scriptId, "scripter:script:view", principal);
				const page = pageOrAll(await scripts.store.versions(script.id), query, url);
				return { ...page, entities: page.entities.map(versionView) };
			},
		}),
		route({
			method: "GET",
			path: `${one}/versions/:versionId`,
			operationId: "getInlayScriptVersion",
			summary: "One published version, whole: to look at, or to go back to by saving it.",
			permission: anyOf("scripter:script:view"),
			scope: readScope("scripts"),
			params: idParams("scriptId", "versionId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const script = await permitted(params.scriptId, "scripter:script:view", principal);
				const found = await scripts.store.version(params.versionId);
				if (found?.scriptId !== script.id) throw notFound("version", params.versionId);
				return { ...versionView(found), document: found.document };
			},
		}),
	];
}

/** Transfers lead agents into queues, and end their work with codes, that whoever writes the script sees. */
function sightedIn(document: ScriptDocument): Named {
	const { queue, wrapupCode } = namesIn(document);
	return { queue, wrapupCode };
}

function versionView({ id, scriptId, name, number, publishedAt, publishedBy }: PublishedScript) {
	const by = publishedBy === undefined ? {} : { publishedBy: { id: publishedBy } };
	return { id, scriptId, name, number, publishedAt: publishedAt.toISOString(), ...by };
}
