import { Type } from "typebox";
import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { expanding, idParams } from "../kernel/http/schemas.ts";
import type { Audit } from "./audit.ts";
import { inlayAuditRoutes } from "./inlay-routes.ts";
import { auditPermission } from "./queries.ts";
import { longestRealtimeMs, queryBody, readQuery, realtimeBody } from "./query-bodies.ts";
import type { KeptQuery } from "./query-store.ts";
import { serviceMapping } from "./service-mapping.ts";
import { auditView } from "./view.ts";

const path = "/api/v2/audits/query";
const permission = anyOf(auditPermission);
const scope = readScope("audits");
/** Names are in every answer: nothing is left to expand but what always comes. */
const expand = expanding("user");

/** Who has changed what, as the platform tells it. What is in no division of the caller's is left out. */
export function auditRoutes(audit: Audit): Route[] {
	return [...mappingRoutes(), ...realtimeRoutes(audit), ...queryRoutes(audit), ...inlayAuditRoutes(audit)];
}

function mappingRoutes(): Route[] {
	const one = {
		method: "GET",
		permission,
		scope,
		success: { status: 200, model: "AuditQueryServiceMapping" },
		handler: () => serviceMapping(),
	} as const;
	return [
		route({
			...one,
			path: `${path}/servicemapping`,
			operationId: "getAuditsQueryServicemapping",
			summary: "Services, their things and what is done to them, by which entries are asked for.",
		}),
		route({
			...one,
			path: `${path}/realtime/servicemapping`,
			operationId: "getAuditsQueryRealtimeServicemapping",
			summary: "The same for queries that answer at once.",
		}),
	];
}

function realtimeRoutes({ queries }: Audit): Route[] {
	return [
		route({
			method: "POST",
			path: `${path}/realtime`,
			operationId: "postAuditsQueryRealtime",
			summary: "Entries of an interval of at most 14 days, a page at a time; up to the one just written.",
			permission,
			scope,
			query: Type.Object({ expand }),
			body: realtimeBody,
			success: { status: 200, model: "AuditRealtimeQueryResultsResponse" },
			async handler({ body: { pageNumber = 1, pageSize = 25, ...asked }, principal }) {
				const search = readQuery(asked, longestRealtimeMs);
				const { entries, total } = await queries.page(search, { pageNumber, pageSize }, principal);
				const pageCount = Math.ceil(total / pageSize);
				return { entities: entries.map(auditView), pageNumber, pageSize, total, pageCount };
			},
		}),
		route({
			method: "POST",
			path: `${path}/realtime/related`,
			operationId: "postAuditsQueryRealtimeRelated",
			summary: "What else came of the request of which an entry came.",
			permission,
			scope,
			query: Type.Object({ expand }),
			body: Type.Object({ auditId: Type.String({ minLength: 1, maxLength: 200 }) }),
			success: { status: 200, model: "AuditRealtimeRelatedResultsResponse" },
			handler: async ({ body, principal }) => ({
				entities: (await queries.related(body.auditId, principal)).map(auditView),
			}),
		}),
	];
}

function queryRoutes({ queries }: Audit): Route[] {
	const one = { method: "GET", permission, scope, params: idParams("transactionId") } as const;
	return [
		route({
			method: "POST",
			path,
			operationId: "postAuditsQuery",
			summary: "Keeps a query of an interval of at most 31 days for a day; its results can be read at once.",
			permission,
			scope,
			body: queryBody,
			success: { status: 200, model: "AuditQueryExecutionStatusResponse" },
			errors: ["too.many.jobs"],
			handler: async ({ body, principal }) => statusView(await queries.keep(body, principal)),
		}),
		route({
			...one,
			path: `${path}/:transactionId`,
			operationId: "getAuditsQueryTransactionId",
			summary: "How a kept query stands: done.",
			success: { status: 200, model: "AuditQueryExecutionStatusResponse" },
			handler: async ({ params, principal }) => statusView(await queries.get(params.transactionId, principal)),
		}),
		route({
			...one,
			path: `${path}/:transactionId/results`,
			operationId: "getAuditsQueryTransactionIdResults",
			summary: "Entries that a kept query finds, and a cursor to go on.",
			query: Type.Object({
				cursor: Type.Optional(Type.String({ maxLength: 1_000 })),
				pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
				expand,
				allowRedirect: Type.Optional(Type.Boolean()),
			}),
			success: { status: 200, model: "AuditQueryExecutionResultsResponse" },
			async handler({ params, query, principal }) {
				const { pageSize = 25 } = query;
				const { entries, cursor } = await queries.results(params.transactionId, query, principal);
				return { id: params.transactionId, pageSize, ...(cursor ? { cursor } : {}), entities: entries.map(auditView) };
			},
		}),
	];
}

function statusView({ id, query, at }: KeptQuery) {
	return { id, state: "Succeeded", startDate: at.toISOString(), ...query };
}
