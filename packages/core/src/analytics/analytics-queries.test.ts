import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillJob } from "../conversations/analysis/store.ts";
import { type Conversation, keepPastConversations, pastCall } from "../conversations/call/past-calls.ts";
import { metricFacts } from "../conversations/metric-facts.ts";
import { party } from "../conversations/test-support/parties.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { departures } from "../test-support/platform-shape.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { createMetricFacts } from "./analytics.ts";
import { analyticsRoutes, createAnalytics } from "./routes.ts";

const path = "/api/v2/analytics/conversations";
const grants = (permission: string, ...divisions: string[]) => [{ permission, divisions: new Set(divisions) }];
const [anna, ben] = [randomUUID(), randomUUID()];
const [help, sales] = [randomUUID(), randomUUID()];
const seen = { everybody: [] as Conversation[] };

let world: World;
let api: TestApi;
beforeAll(async () => {
	world = await conversationWorld();
	const { kernel } = world;
	const facts = createMetricFacts(kernel);
	const past = [
		call({
			at: "2025-12-10T10:00:00Z",
			queue: help,
			agent: anna,
			waitedMs: 5_000,
			talkedMs: 60_000,
			from: "+31201111111",
		}),
		call({
			at: "2025-12-10T10:40:00Z",
			queue: sales,
			agent: ben,
			waitedMs: 30_000,
			talkedMs: 120_000,
			from: "+31202222222",
		}),
		call({
			at: "2025-12-11T09:00:00Z",
			queue: help,
			agent: ben,
			waitedMs: 9_000,
			talkedMs: 10_000,
			from: "+31201111111",
		}),
		// It goes on for two days.
		call({
			at: "2025-11-20T09:00:00Z",
			queue: help,
			agent: anna,
			waitedMs: 1_000,
			talkedMs: 48 * 3_600_000,
			from: "+31203333333",
		}),
	];
	seen.everybody = past;
	await keepPastConversations(kernel.database, past);
	await kernel.database.change((trx) =>
		facts.add(
			trx,
			past.flatMap((one) => metricFacts({ after: one }, one.endTime ?? one.startTime)),
		),
	);
	api = await testApi(analyticsRoutes(createAnalytics(kernel, world.conversations), kernel), {
		all: testPrincipal(),
		south: testPrincipal({ userId: "chef", grants: grants("analytics:*:view", "south") }),
		nobody: testPrincipal({ grants: grants("users:*:view", "south") }),
		anna: testPrincipal({ userId: anna, grants: grants("analytics:agentConversationDetail:view", "north") }),
		other: testPrincipal({ userId: "other" }),
	});
});
afterAll(async () => {
	await api.close();
	await world.close();
});

interface Call {
	at: string;
	queue: string;
	agent: string;
	waitedMs: number;
	talkedMs: number;
	from: string;
}

function call({ at, queue, agent, waitedMs, talkedMs, from }: Call): Conversation {
	return pastCall({
		customer: { name: "Ada", address: from },
		dnis: "+31800",
		queue: { id: queue, name: queue, wrapupPrompt: "mandatory" },
		divisionId: queue === help ? "north" : "south",
		agent: { id: agent, name: "Somebody", divisionId: queue === help ? "north" : "south" },
		startedAt: new Date(at),
		waitedMs,
		talkedMs,
		wrapup: { code: "code", name: "Sold" },
	});
}

interface Found {
	conversations?: Array<{ conversationId: string; participants: Array<{ purpose: string; sessions: Array<Session> }> }>;
	totalHits?: number;
}
interface Session {
	mediaType: string;
	metrics: Array<{ name: string; value: number; emitDate: string }>;
	segments: Array<{ segmentType: string; segmentStart: string; wrapUpCode?: string; disconnectType?: string }>;
}

const december = "2025-12-01T00:00:00Z/2025-12-31T00:00:00Z";
const indexes = (found: Found) =>
	(found.conversations ?? []).map((one) => seen.everybody.findIndex(({ id }) => id === one.conversationId));

async function ask(body: object, as = "all"): Promise<Found> {
	const answer = await api.call("POST", `${path}/details/query`, { as, body: { interval: december, ...body } });
	expect([answer.statusCode, answer.body]).toEqual([200, answer.body]);
	return answer.json();
}

const segment = (...predicates: object[]) => ({ segmentFilters: [{ type: "and", predicates }] });
const is = (dimension: string, value: string) => ({ dimension, value });
const of = (purpose: string, found: Found["conversations"]) =>
	found?.[0]?.participants.find((one) => one.purpose === purpose)?.sessions[0];

test("a call is told with who took part, what they did when, and what that is worth", async () => {
	const found = await ask({
		conversationFilters: [{ type: "or", predicates: [is("conversationId", seen.everybody[0]?.id ?? "")] }],
	});
	expect(departures("AnalyticsConversationQueryResponse", found)).toEqual([]);
	expect(found.totalHits).toBe(1);
	const agent = of("agent", found.conversations);
	expect(agent?.mediaType).toBe("voice");
	expect(agent?.segments.map(({ segmentType, wrapUpCode }) => [segmentType, wrapUpCode])).toEqual([
		["alert", undefined],
		["interact", undefined],
		["wrapup", "code"],
	]);
	const metrics = Object.fromEntries(agent?.metrics.map(({ name, value }) => [name, value]) ?? []);
	expect(metrics).toMatchObject({ tAlert: 3_000, tTalk: 60_000, tAcw: 20_000, tHandle: 80_000, nConnected: 1 });
	expect(agent?.metrics.find(({ name }) => name === "tAlert")?.emitDate).toBe("2025-12-10T10:00:08.000Z");
	expect(of("acd", found.conversations)?.metrics).toContainEqual({
		name: "tAnswered",
		value: 8_000,
		emitDate: "2025-12-10T10:00:08.000Z",
	});
});

test("predicates of one filter hold for the same segment, those of two for any", async () => {
	expect(indexes(await ask(segment(is("userId", ben), is("queueId", help))))).toEqual([2]);
	expect(indexes(await ask(segment(is("purpose", "customer"), is("userId", ben))))).toEqual([]);
	const apart = {
		segmentFilters: [
			{ type: "and", predicates: [is("purpose", "customer")] },
			{ type: "and", predicates: [is("userId", ben)] },
		],
	};
	expect(indexes(await ask(apart))).toEqual([1, 2]);
	const either = {
		segmentFilters: [
			{
				type: "or",
				clauses: [{ type: "and", predicates: [is("queueId", sales), is("segmentType", "interact")] }],
				predicates: [is("ani", "+31203333333")],
			},
		],
	};
	expect(indexes(await ask(either))).toEqual([1]);
});

test("what is there, and what is not, and how much of it", async () => {
	expect(indexes(await ask(segment({ dimension: "wrapUpCode", operator: "exists" })))).toEqual([0, 1, 2]);
	expect(indexes(await ask(segment(is("purpose", "agent"), { dimension: "queueId", operator: "notExists" })))).toEqual(
		[],
	);
	const long = { type: "metric", metric: "tTalk", range: { gt: 10_000, lte: 100_000 } };
	expect(indexes(await ask(segment(is("userId", anna), long)))).toEqual([0]);
	const waited = (range: object) => ({
		conversationFilters: [{ type: "and", predicates: [{ metric: "tAnswered", range }] }],
	});
	expect(indexes(await ask(waited({ gte: 12_000 })))).toEqual([1, 2]);
	const never = { conversationFilters: [{ type: "and", predicates: [{ metric: "tAbandon", operator: "notExists" }] }] };
	expect(indexes(await ask(never))).toEqual([0, 1, 2]);
	const abandoned = {
		conversationFilters: [{ type: "and", predicates: [{ metric: "tAbandon", operator: "exists" }] }],
	};
	expect(await ask(abandoned)).toEqual({});
});

test("pages in both orders, with how many there are", async () => {
	const page = (pageNumber: number, order: string) => ask({ order, paging: { pageSize: 2, pageNumber } });
	expect(indexes(await page(1, "asc"))).toEqual([0, 1]);
	expect(indexes(await page(1, "desc"))).toEqual([2, 1]);
	expect(await page(2, "desc").then((found) => [indexes(found), found.totalHits])).toEqual([[0], 3]);
	expect(await page(9, "asc")).toEqual({ conversations: [], totalHits: 3 });
});

test("what ended while it was looked at was counted twice, or stood on two pages", async () => {
	const { db } = world.kernel.database;
	const id = seen.everybody[1]?.id ?? "";
	const [ended] = (await sql<{ at: Date }>`select ended_at as at from conversations where id = ${id}`.execute(db)).rows;
	// Its rows are there already, and it is looked at as one that goes on.
	await sql`update conversations set ended_at = null where id = ${id}`.execute(db);
	for (const order of ["asc", "desc"]) {
		const page = (pageNumber: number) => ask({ order, paging: { pageSize: 2, pageNumber } });
		const [first, second] = [await page(1), await page(2)];
		expect([first.totalHits, second.totalHits]).toEqual([3, 3]);
		expect([...indexes(first), ...indexes(second)]).toEqual(order === "asc" ? [0, 1, 2] : [2, 1, 0]);
	}
	await sql`update conversations set ended_at = ${ended?.at} where id = ${id}`.execute(db);
});

test("what goes on in the interval counts, though it began days before", async () => {
	expect(indexes(await ask({ interval: "2025-11-21T00:00:00Z/2025-11-22T00:00:00Z" }))).toEqual([3]);
	expect(indexes(await ask({ interval: "2025-11-22T10:00:00Z/2025-11-23T00:00:00Z" }))).toEqual([]);
});

test("others' divisions are left out; who may see their own alone sees those", async () => {
	expect(indexes(await ask({}, "south"))).toEqual([1]);
	expect(indexes(await ask({}, "anna"))).toEqual([0]);
	const ids = seen.everybody.map((one) => one.id);
	const several = await api.call("GET", `${path}/details?id=${ids[0]}&id=${ids[1]}&id=unknown`, { as: "south" });
	expect(indexes(several.json())).toEqual([1]);
	const one = (index: number, as: string) => api.call("GET", `${path}/${ids[index]}/details`, { as });
	expect((await one(1, "south")).statusCode).toBe(200);
	expect((await one(0, "south")).json()).toMatchObject({ status: 403, code: "missing.any.division.permission" });
	expect((await one(0, "nobody")).statusCode).toBe(403);
	expect((await one(1, "anna")).json()).toMatchObject({ code: "conversation.error.not.conversation.participant" });
	expect((await api.call("GET", `${path}/unknown/details`, { as: "all" })).json()).toMatchObject({ code: "not.found" });
});

test("a conversation that goes on is found with the others, and what it says changes with it", async () => {
	const { kernel, conversations } = world;
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	const interval = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z";
	const open = () =>
		ask({ interval, ...segment(is("queueId", queue.id), { dimension: "segmentEnd", operator: "notExists" }) });
	const ended = () =>
		ask({
			interval,
			conversationFilters: [{ type: "and", predicates: [{ dimension: "conversationEnd", operator: "exists" }] }],
			...segment(is("wrapUpCode", queue.code.id)),
		});
	expect((await open()).conversations?.map((one) => one.conversationId)).toEqual([id]);
	expect(await ended()).toEqual({});
	const own = party(await world.offer(id, queue.id, agent), "agent").id;
	const by = { userId: agent, may: () => false };
	kernel.clock.advance(2_000);
	await conversations.calls.mediaConnected(id, own);
	kernel.clock.advance(2_000);
	await conversations.patchParticipant(id, own, { state: "disconnected" }, by);
	// After-call work is open still: it has no end.
	expect((await open()).totalHits).toBe(1);
	await conversations.wrapup(id, own, { code: queue.code.id }, by);
	expect(await open()).toEqual({});
	expect((await ended()).conversations?.map((one) => one.conversationId)).toEqual([id]);
});

test("what is not served is refused by name, and what makes no sense with its field", async () => {
	const refused = async (body: object) => {
		const answer = await api.call("POST", `${path}/details/query`, {
			as: "all",
			body: { interval: december, ...body },
		});
		const { code, message, details } = answer.json();
		return [answer.statusCode, code, details?.[0]?.fieldName, message.includes("journeyActionId")];
	};
	expect(await refused(segment(is("journeyActionId", "x")))).toEqual([
		400,
		"not.supported",
		"segmentFilters.predicates.dimension",
		true,
	]);
	expect(await refused({ evaluationFilters: [{ type: "and", predicates: [is("userId", "x")] }] })).toEqual([
		400,
		"not.supported",
		"evaluationFilters",
		false,
	]);
	expect(await refused({ orderBy: "segmentEnd" })).toEqual([400, "not.supported", "orderBy", false]);
	expect(await refused(segment({ type: "property", dimension: "userId", value: "x" }))).toEqual([
		400,
		"not.supported",
		"segmentFilters.predicates.type",
		false,
	]);
	expect(await refused(segment({ dimension: "userId" }))).toEqual([
		400,
		"invalid.value",
		"segmentFilters.predicates.value",
		false,
	]);
	expect(await refused({ segmentFilters: [{ type: "and" }] })).toEqual([400, "invalid.value", "segmentFilters", false]);
	expect(await refused({ interval: "2025-01-01T00:00:00Z/2025-06-01T00:00:00Z" })).toEqual([
		400,
		"invalid.value",
		"interval",
		false,
	]);
	expect(await refused({ paging: { pageSize: 100, pageNumber: 1_001 } })).toEqual([
		400,
		"invalid.value",
		"paging.pageNumber",
		false,
	]);
});

test("values with quotes and signs of SQL are values", async () => {
	expect(await ask(segment(is("participantName", "'; drop table conversations; -- %_\\")))).toEqual({});
	expect((await ask({})).totalHits).toBe(3);
});

const year = "2025-01-01T00:00:00Z/2026-01-01T00:00:00Z";

test("a job's results come page by page to whoever made it, until it is deleted or expires", async () => {
	const make = async (body: object = {}) =>
		(await api.call("POST", `${path}/details/jobs`, { as: "all", body: { interval: year, ...body } })).json()
			.jobId as string;
	const jobId = await make();
	const status = await api.call("GET", `${path}/details/jobs/${jobId}`, { as: "all" });
	expect(status.json()).toMatchObject({ state: "FULFILLED" });
	const read = async (id: string, pageSize: number) => {
		const pages: number[][] = [];
		for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
			const query = `pageSize=${pageSize}${cursor ? `&cursor=${cursor}` : ""}`;
			const answer = (await api.call("GET", `${path}/details/jobs/${id}/results?${query}`, { as: "all" })).json();
			expect(departures("AnalyticsConversationAsyncQueryResponse", answer)).toEqual([]);
			pages.push(indexes(answer));
			cursor = answer.cursor;
		}
		return pages;
	};
	expect(await read(jobId, 3)).toEqual([[3, 0, 1], [2]]);
	expect(await read(await make({ limit: 3 }), 2)).toEqual([[3, 0], [1]]);
	expect((await api.call("GET", `${path}/details/jobs/${jobId}`, { as: "other" })).statusCode).toBe(404);
	const bad = await api.call("GET", `${path}/details/jobs/${jobId}/results?cursor=bm8`, { as: "all" });
	expect(bad.json()).toMatchObject({ status: 400, details: [{ fieldName: "cursor" }] });
	expect((await api.call("DELETE", `${path}/details/jobs/${jobId}`, { as: "all" })).statusCode).toBe(204);
	expect((await api.call("GET", `${path}/details/jobs/${jobId}/results`, { as: "all" })).statusCode).toBe(404);
});

test("conversations of before an update are found while they get their rows, and afterwards", async () => {
	const { database, jobs, clock } = world.kernel;
	await sql`delete from conversation_details where conversation_id = ${seen.everybody[1]?.id}`.execute(database.db);
	await sql`insert into conversation_details_fill values ('')`.execute(database.db);
	const query = segment(is("queueId", sales));
	expect(indexes(await ask(query))).toEqual([1]);
	await database.change((trx) => jobs.schedule(trx, { kind: fillJob, key: "all", runAt: clock.now() }));
	await jobs.runDue();
	const { rows } = await sql`select * from conversation_details_fill`.execute(database.db);
	expect(rows).toEqual([]);
	expect(await ask(query).then((found) => [indexes(found), found.totalHits])).toEqual([[1], 1]);
});

async function sums(body: object, as = "all") {
	const answer = await api.call("POST", `${path}/aggregates/query`, {
		as,
		body: { interval: december, metrics: ["tHandle"], ...body },
	});
	expect([answer.statusCode, answer.body]).toEqual([200, answer.body]);
	expect(departures("ConversationAggregateQueryResponse", answer.json())).toEqual([]);
	return answer.json().results as
		| Array<{
				group: Record<string, string>;
				data: Array<{ interval: string; metrics: Array<{ metric: string; stats: object }> }>;
		  }>
		| undefined;
}

test("handle times by queue, and the parts of a day by the clocks of a zone", async () => {
	const byQueue = await sums({ groupBy: ["queueId"], metrics: ["tHandle", "nOffered", "nTransferred"] });
	const help1 = byQueue?.find(({ group }) => group.queueId === help);
	expect(help1).toEqual({
		group: { queueId: help, mediaType: "voice" },
		data: [
			{
				interval: "2025-12-01T00:00:00.000Z/2025-12-31T00:00:00.000Z",
				metrics: [
					{ metric: "tHandle", stats: { count: 2, sum: 110_000, min: 30_000, max: 80_000 } },
					{ metric: "nOffered", stats: { count: 2 } },
				],
			},
		],
	});
	const days = await sums({ granularity: "P1D", timeZone: "Asia/Tokyo" });
	expect(days?.[0]?.data.map(({ interval }) => interval)).toEqual([
		"2025-12-09T15:00:00.000Z/2025-12-10T15:00:00.000Z",
		"2025-12-10T15:00:00.000Z/2025-12-11T15:00:00.000Z",
	]);
	const halfHours = await sums({
		granularity: "PT30M",
		filter: { type: "and", predicates: [is("userId", ben), is("mediaType", "voice")] },
	});
	expect(halfHours?.[0]?.data.map(({ interval }) => interval.slice(0, 16))).toEqual([
		"2025-12-10T10:30",
		"2025-12-11T09:00",
	]);
});

test("numbers of other divisions are left out, nothing is said of nothing, and unknown metrics are named", async () => {
	expect((await sums({ groupBy: ["queueId"] }, "south"))?.map(({ group }) => group.queueId)).toEqual([sales]);
	expect(await sums({ filter: { type: "and", predicates: [is("wrapUpCode", "none")] } })).toBeUndefined();
	const refused = async (body: object) =>
		(
			await api.call("POST", `${path}/aggregates/query`, {
				as: "all",
				body: { interval: december, metrics: ["tHandle"], ...body },
			})
		).json();
	expect(await refused({ metrics: ["tMagic"] })).toMatchObject({
		code: "not.supported",
		details: [{ fieldName: "metrics" }],
	});
	expect(await refused({ groupBy: ["divisionId"] })).toMatchObject({ code: "not.supported" });
	expect(await refused({ granularity: "PT7M" })).toMatchObject({ details: [{ fieldName: "granularity" }] });
	expect(await refused({ timeZone: "Mars/Base" })).toMatchObject({ details: [{ fieldName: "timeZone" }] });
	expect(await refused({ views: [{ target: "tHandle", name: "long", function: "rangeBound" }] })).toMatchObject({
		code: "not.supported",
	});
});
