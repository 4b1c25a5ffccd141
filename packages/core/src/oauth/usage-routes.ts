import { type Static, Type } from "typebox";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { anyOf, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { readInterval } from "../kernel/time/times.ts";
import type { ApiUsage } from "./api-usage.ts";
import type { UsageQuery, UsageRow } from "./api-usage-store.ts";
import type { OAuthClient } from "./model.ts";

const metrics = ["Status200", "Status300", "Status400", "Status500", "Status429", "Requests"] as const;
const groups = ["TemplateUri", "HttpMethod"] as const;
const granularities = ["Day", "Week", "Month"] as const;
const dayMs = 86_400_000;
/** The original answers for the last days alone; here as long as counts are kept. */
const mostDays = 400;

/** `ApiUsageClientQuery` of the platform. */
const QueryBody = Type.Object({
	interval: Type.String({ maxLength: 100 }),
	metrics: Type.Optional(Type.Array(Type.Enum(metrics), { maxItems: metrics.length })),
	groupBy: Type.Optional(Type.Array(Type.Enum(groups), { maxItems: groups.length })),
	granularity: Type.Optional(Type.Enum(granularities)),
});

type Metric = (typeof metrics)[number];

/** An execution is its question: nothing is kept between the two requests, and any server answers. */
interface Execution extends Omit<UsageQuery, "clientId"> {
	metrics: readonly Metric[];
}

/** Which client calls what (platform-api 2.2; permissions ANY of the two). */
export function usageRoutes(parts: {
	usage: ApiUsage;
	clients: { get(id: string): Promise<OAuthClient> };
	organization: { get(): Promise<{ id: string }> };
	clock: Clock;
}): Route[] {
	const { usage, clients, organization, clock } = parts;
	const permission = anyOf("oauth:client:view", "usage:client:view");
	const scope = readScope("oauth");
	const errors = ["client.not.found"];
	const begun = (clientId: string, execution: Execution) => {
		const executionId = idOf(execution);
		return {
			executionId,
			resultsUri: `/api/v2/oauth/clients/${encodeURIComponent(clientId)}/usage/query/results/${executionId}`,
		};
	};
	return [
		route({
			method: "GET",
			path: "/api/v2/oauth/clients/:clientId/usage/summary",
			operationId: "getOauthClientUsageSummary",
			summary: "Ask how often a client called the API in the last days; the answer says where the counts are",
			permission,
			scope,
			params: idParams("clientId"),
			query: Type.Object({ days: Type.Optional(Type.String({ pattern: "^\\d{1,3}$" })) }),
			success: { status: 200, model: "UsageExecutionResult" },
			errors,
			async handler({ params, query }) {
				await clients.get(params.clientId);
				const days = Number(query.days ?? "7");
				if (days < 1 || days > mostDays) throw badField("days", `days must be from 1 to ${mostDays}.`);
				const now = clock.now().getTime();
				const [from, to] = [dayOf(now - (days - 1) * dayMs), dayOf(now + dayMs)];
				return begun(params.clientId, { from, to, granularity: "Day", groupBy: [], metrics: ["Requests"] });
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/oauth/clients/:clientId/usage/query",
			operationId: "postOauthClientUsageQuery",
			summary: "Ask what a client called in an interval; whole days, UTC, as they are counted by day",
			permission,
			scope,
			params: idParams("clientId"),
			body: QueryBody,
			success: { status: 200, model: "UsageExecutionResult" },
			errors,
			async handler({ params, body }) {
				await clients.get(params.clientId);
				return begun(params.clientId, readQuery(body));
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/oauth/clients/:clientId/usage/query/results/:executionId",
			operationId: "getOauthClientUsageQueryResult",
			summary: "What a client called; counts are of up to this moment for this server, half a minute later for others",
			permission,
			scope,
			params: idParams("clientId", "executionId"),
			success: { status: 200, model: "ApiUsageQueryResult" },
			errors,
			async handler({ params }) {
				const [client, { id: organizationId }] = await Promise.all([clients.get(params.clientId), organization.get()]);
				const execution = readExecution(params.executionId);
				const rows = await usage.query({ ...execution, clientId: client.id });
				const shared = { clientId: client.id, clientName: client.name, organizationId };
				return { queryStatus: "Complete", results: rows.map((row) => ({ ...shared, ...rowView(row, execution) })) };
			},
		}),
	];
}

/** `ApiUsageRow`: the counts that were asked for. */
function rowView(row: UsageRow, { metrics: wanted }: Execution) {
	const counts = {
		Status200: { status200: row.status200 },
		Status300: { status300: row.status300 },
		Status400: { status400: row.status400 },
		Status500: { status500: row.status500 },
		Status429: { status429: row.status429 },
		Requests: { requests: row.requests },
	} satisfies Record<Metric, object>;
	return {
		...(row.template === undefined ? {} : { templateUri: row.template }),
		...(row.method === undefined ? {} : { httpMethod: row.method }),
		...Object.assign({}, ...wanted.map((metric) => counts[metric])),
		date: `${row.date}T00:00:00.000Z`,
	};
}

/** @throws ApiError 400 naming `interval` */
function readQuery({ interval, granularity = "Day", groupBy = [], ...asked }: Static<typeof QueryBody>): Execution {
	const times = readInterval(interval);
	const [from, to] = [times.from.getTime(), times.to.getTime()];
	if (to <= from || to - from > mostDays * dayMs)
		throw badField("interval", `interval must end after it begins, and be at most ${mostDays} days long.`);
	const wanted = asked.metrics?.length ? asked.metrics : metrics;
	// A day that has begun within the interval counts whole.
	return { from: dayOf(from), to: dayOf(to - 1 + dayMs), granularity, groupBy, metrics: wanted };
}

/** `2026-11-26_2026-11-27_Day_01_5`: the question in as few characters as an id may have. */
function idOf({ from, to, granularity, groupBy, metrics: wanted }: Execution): string {
	const places = (values: readonly string[], all: readonly string[]) =>
		values.map((value) => all.indexOf(value)).join("");
	return [from, to, granularity, places(groupBy, groups), places(wanted, metrics)].join("_");
}

/** @throws ApiError 404 where it is the id of no query */
function readExecution(id: string): Execution {
	const parts = /^(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)_(\w+)_([01]{0,2})_([0-5]{1,6})$/.exec(id) ?? [];
	const [, from = "", to = "", named, grouped = "", counted = ""] = parts;
	const granularity = granularities.find((known) => known === named);
	if (!granularity || [from, to].some((day) => Number.isNaN(Date.parse(day)))) throw notFound("execution", id);
	const at = <T>(all: readonly T[], places: string) => all.filter((_, index) => places.includes(String(index)));
	return { from, to, granularity, groupBy: at(groups, grouped), metrics: at(metrics, counted) };
}

function dayOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}
