import { Readable } from "node:stream";
import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { pageOf, pageRequest } from "../kernel/http/paging.ts";
import { Answer, anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { pagedQuery } from "../kernel/http/schemas.ts";
import { SeenVersion, seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import { readTime } from "../kernel/time/times.ts";
import { type Audit, retentionRange } from "./audit.ts";
import { csvOf, jsonOf } from "./export.ts";
import { auditPermission, earliest, latest } from "./queries.ts";
import { readStatus } from "./query-bodies.ts";
import type { EntrySearch } from "./store.ts";
import { auditView } from "./view.ts";

const path = "/api/inlay/v1/audits";
const permission = anyOf(auditPermission);
const word = Type.Optional(Type.String({ minLength: 1, maxLength: 500 }));

const filters = {
	from: word,
	to: word,
	userId: word,
	clientId: word,
	serviceName: word,
	entityType: word,
	entityId: word,
	action: word,
	status: word,
	q: word,
	sortOrder: Type.Optional(Type.Union([Type.Literal("ascending"), Type.Literal("descending")])),
};
const filterQuery = Type.Object(filters);

/** What the console asks beside the platform's queries: any stretch of time, by words, as a file, and how long it is kept. */
export function inlayAuditRoutes(audit: Audit): Route[] {
	return [...listRoutes(audit), ...settingsRoutes(audit)];
}

function listRoutes({ queries, exported }: Audit): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayAudits",
			summary: "Who has changed what, newest first: by time, person, service, thing, action and words.",
			permission,
			scope: readScope("audits"),
			query: pagedQuery(filters),
			success: { status: 200, description: "A page of AuditLogMessage" },
			async handler({ query, principal, url }) {
				const page = pageRequest(query);
				const { entries, total } = await queries.page(readFilters(query), page, principal);
				return pageOf(entries.map(auditView), total, page, url);
			},
		}),
		route({
			method: "GET",
			path: `${path}/export`,
			operationId: "getInlayAuditsExport",
			summary: "The same as a file: CSV or JSON. That somebody has taken it is an entry of its own.",
			permission,
			scope: readScope("audits"),
			query: Type.Object({
				...filters,
				format: Type.Optional(Type.Union([Type.Literal("csv"), Type.Literal("json")])),
			}),
			success: { status: 200, description: "text/csv or application/json" },
			async handler({ query: { format = "csv", ...asked }, principal, ip, correlationId }) {
				const search = readFilters(asked);
				await exported({ format, principal, address: ip, correlationId, asked });
				const parts = queries.all(search, principal);
				const type = format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
				return new Answer(200, Readable.from(format === "csv" ? csvOf(parts) : jsonOf(parts)), {
					"content-type": type,
					"content-disposition": `attachment; filename="audit.${format}"`,
				});
			},
		}),
	];
}

/** @throws ApiError 400 naming the field */
function readFilters(query: Static<typeof filterQuery>): Omit<EntrySearch, "divisions"> {
	const { serviceName, q = "", sortOrder, status } = query;
	const from = query.from === undefined ? earliest : readTime("from", query.from);
	const to = query.to === undefined ? latest : readTime("to", query.to);
	if (from > to) throw badField("to", "to must not be before from.");
	if (status !== undefined) readStatus(status, "status");
	const { userId, clientId, entityType, entityId, action } = query;
	const asked = { userId, clientId, service: serviceName, entityType, entityId, action, status };
	return {
		...{ from, to, words: q.split(/\s+/).filter(Boolean), isAscending: sortOrder === "ascending" },
		...(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Partial<EntrySearch>),
	};
}

function settingsRoutes(audit: Audit): Route[] {
	const [minimum, maximum] = retentionRange;
	return [
		route({
			method: "GET",
			path: `${path}/settings`,
			operationId: "getInlayAuditsSettings",
			summary: "How long entries are kept.",
			permission,
			scope: readScope("audits"),
			success: { status: 200 },
			handler: async () => versioned(await audit.settings()),
		}),
		route({
			method: "PUT",
			path: `${path}/settings`,
			operationId: "putInlayAuditsSettings",
			summary: "Says how long entries are kept; older ones are gone within the hour.",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("organization"),
			body: Type.Object({ retentionDays: Type.Optional(Type.Integer({ minimum, maximum })), version: SeenVersion }),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async ({ body: { version, ...changes }, principal, headers }) =>
				versioned(await audit.change(changes, seenVersion(headers, version), actorOf(principal))),
		}),
	];
}
