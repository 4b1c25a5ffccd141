import { Type } from "typebox";
import { type ApiError, badField } from "../../kernel/http/api-error.ts";
import { pageOrAll } from "../../kernel/http/paging.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams, pagesIfAsked } from "../../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../../kernel/http/versions.ts";
import { actorOf } from "../../kernel/principal.ts";
import type { Sight } from "../../kernel/sight.ts";
import type { EntryPoints } from "./entry-points.ts";
import type { KeptEntryPoint } from "./store.ts";

const path = "/api/inlay/v1/entrypoints";
/** Numbers are the whole organization's, as its phones are. */
const permission = everywhere(anyOf("telephony:plugin:all"));

const shared = {
	queueId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	userId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	groupId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	origins: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 50 })),
	version: SeenVersion,
};
const NewBody = Type.Object({ number: Type.String({ minLength: 1, maxLength: 100 }), ...shared });
const ChangeBody = Type.Object({ number: Type.Optional(Type.String({ maxLength: 100 })), ...shared });
const readOnly = ["id", "selfUri"];

/**
 * The numbers that people call, and where each leads. The platform has flows between the two (Architect);
 * here a number leads straight to a queue, a user or a group. Operations of Inlay's own.
 */
export function entryPointRoutes(entryPoints: EntryPoints, sight: Sight): Route[] {
	return [...readingRoutes(entryPoints), ...changingRoutes(entryPoints, sight)];
}

function readingRoutes(entryPoints: EntryPoints): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayEntrypoints",
			summary: "Numbers of the organization, each with the queue, user or group that its calls go to.",
			permission,
			scope: readScope("routing"),
			query: Type.Object(pagesIfAsked),
			success: { status: 200 },
			async handler({ query, url }) {
				const page = pageOrAll(await entryPoints.all(), query, url);
				return { ...page, entities: page.entities.map(view) };
			},
		}),
		route({
			method: "GET",
			path: `${path}/:number`,
			operationId: "getInlayEntrypoint",
			summary: "One number, with the queue, user or group that its calls go to.",
			permission,
			scope: readScope("routing"),
			params: idParams("number"),
			success: { status: 200 },
			handler: async ({ params }) => versioned(view(await entryPoints.require(params.number))),
		}),
	];
}

function changingRoutes(entryPoints: EntryPoints, sight: Sight): Route[] {
	return [
		route({
			method: "POST",
			path,
			operationId: "postInlayEntrypoints",
			summary: "Puts a number into service: calls to it go to a queue, a user or a group from now on.",
			permission,
			scope: writeScope("routing"),
			body: NewBody,
			readOnly: ["id", "selfUri", "version"],
			success: { status: 200 },
			errors: ["emergency.number", "resource.already.exists", "too.many.numbers"],
			async handler({ body: { version: _none, origins = [], ...wish }, principal }) {
				await sight.requireNew(principal, { queue: [wish.queueId] });
				return versioned(view(await entryPoints.create({ ...wish, origins }, actorOf(principal))));
			},
		}),
		route({
			method: "PUT",
			path: `${path}/:number`,
			operationId: "putInlayEntrypoint",
			summary: "Leads a number elsewhere, or lets other pages call it; calls that have come stay where they are.",
			permission,
			scope: writeScope("routing"),
			params: idParams("number"),
			body: ChangeBody,
			readOnly,
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async ({ params, body: { number, origins = [], version, ...target }, principal, headers }) => {
				if (number !== undefined && number !== params.number) throw stays(params.number);
				const seen = seenVersion(headers, version);
				const before = await entryPoints.require(params.number);
				await sight.requireNew(principal, { queue: [target.queueId] }, { queue: [before.queueId] });
				const wish = { ...target, origins };
				return versioned(view(await entryPoints.change(params.number, wish, seen, actorOf(principal))));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/:number`,
			operationId: "deleteInlayEntrypoint",
			summary: "Takes a number out of service. Calls that came by it go on.",
			permission,
			scope: writeScope("routing"),
			params: idParams("number"),
			honoursIfMatch: true,
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ params, principal, headers }) =>
				entryPoints.remove(params.number, seenVersion(headers), actorOf(principal)),
		}),
	];
}

function stays(number: string): ApiError {
	return badField("number", `The number ${number} stays what it is: add the other one, and delete this.`);
}

function view({ number, origins, version, ...target }: KeptEntryPoint) {
	return { id: number, number, ...target, origins, version, selfUri: `${path}/${encodeURIComponent(number)}` };
}
