/**
 * What listings cost in a large organization beside one whose every listing is one page: the same requests, one after the
 * other, by somebody who may see everything. Both are made through the server's own services (support/organization.ts).
 * `npm run bench -- listings` makes 500,000 conversations; `INLAY_BENCH_CONVERSATIONS` says another number.
 */

import type { Progress } from "./benches.ts";
import { clusterName, tidy } from "./support/database.ts";
import { fullSize, makeOrganization, type Organization, onePage, type Size } from "./support/organization.ts";
import { postgresProcessorMs } from "./support/processor-time.ts";
import { notMeasured, percentile, type Row } from "./support/row.ts";
import { type BenchServer, signInWith, startBenchServer } from "./support/server.ts";

const WARM_UP = 30;
const REQUESTS = 200;
const scopes = ["users", "groups", "routing", "stations", "authorization", "conversations"];
/** Times the cost of one page. */
const BUDGET = 2;

interface Request {
	what: string;
	path: string;
	/** JSON, sent by POST. */
	body?: unknown;
	/** What happens before each; it is not measured, but for PostgreSQL's part. */
	before?: () => Promise<unknown>;
}

interface Cost {
	/** Median time to the answer. */
	ms: number;
	/** PostgreSQL's processor time for one request, where the system tells it. */
	databaseMs: number | undefined;
}

/** Takes some minutes, most of them to make the conversations. */
export async function benchListings(progress: Progress): Promise<Row[]> {
	const conversations = Number(process.env.INLAY_BENCH_CONVERSATIONS ?? fullSize.conversations);
	const small = await measureAt(onePage, progress);
	const large = await measureAt({ ...fullSize, conversations }, progress);
	return [...small].flatMap(([what, one]) => rowsOf(what, one, large.get(what)));
}

async function measureAt(size: Size, progress: Progress): Promise<Map<string, Cost>> {
	const server = await startBenchServer();
	try {
		const organization = await makeOrganization(server.inlay, size, progress);
		await tidy(server.inlay);
		progress("listings");
		return await measureListings(server, organization);
	} finally {
		await server.stop();
	}
}

async function measureListings(server: BenchServer, organization: Organization): Promise<Map<string, Cost>> {
	const token = await administratorsToken(server, organization);
	const costs = new Map<string, Cost>();
	for (const request of [...requestsIn(organization), aQueueOfAll(server, organization)])
		costs.set(request.what, await measure(server, request, token));
	return costs;
}

/** One of the people, who is made an administrator: so that `history` and their own queues hold something. */
async function administratorsToken({ inlay }: BenchServer, { users }: Organization): Promise<string> {
	const userId = users[3]?.id ?? "";
	const { authorization } = inlay.services;
	await authorization.grant(userId, (await authorization.defaultRole("admin")).id, "*");
	return (await signInWith(inlay, scopes))(userId);
}

function requestsIn({ users, queueIds, groupIds }: Organization): Request[] {
	// The largest there are: in the middle of what was made, as the sizes go round.
	const [user, queue, group] = [users[3]?.id, queueIds[12] ?? queueIds[0], groupIds[12] ?? groupIds[0]];
	const found = (what: string, type: string, fields: string[], value: string): Request => ({
		what: `POST users/search, ${what}`,
		path: "users/search",
		body: { query: [{ type, fields, value }] },
	});
	const get = (path: string, what = path): Request => ({ what: `GET ${what}`, path });
	return [
		get("users"),
		get("users?pageNumber=2&sortOrder=DESC"),
		get("users?expand=authorization,groups,presence,routingStatus,conversationSummary"),
		found("part of a name", "CONTAINS", ["name", "email"], "lef"),
		found("without accents, family name first", "QUERY_STRING", ["name"], "muller bjorn"),
		found("a department", "EXACT", ["department"], "Department 7"),
		get("groups"),
		get(`groups/${group}/members`, "groups/{id}/members"),
		get("routing/queues"),
		get("routing/queues?name=*1*"),
		get(`routing/queues/${queue}/members`, "routing/queues/{id}/members"),
		get(`routing/queues/${queue}/members?joined=true&name=an`, "routing/queues/{id}/members?joined&name"),
		get(`users/${user}/queues`, "users/{id}/queues"),
		get(`routing/queues/${queue}/wrapupcodes`, "routing/queues/{id}/wrapupcodes"),
		get("routing/wrapupcodes"),
		get("stations"),
		get("authorization/roles"),
		get("authorization/divisions?objectCount=true"),
		get("conversations/calls/history"),
		get("conversations"),
	];
}

/** Somebody comes or goes each time, so that what is remembered of it is never what is asked for. */
function aQueueOfAll({ inlay }: BenchServer, { users, everybodysQueueId: queueId }: Organization): Request {
	let joined = true;
	const before = () => {
		joined = !joined;
		return inlay.services.queues.changeMembers([{ queueId, userId: users[0]?.id ?? "", joined }], {});
	};
	return {
		what: "GET routing/queues/{id}, everybody's, somebody has just joined or left",
		path: `routing/queues/${queueId}`,
		before,
	};
}

async function measure({ inlay, port }: BenchServer, request: Request, token: string): Promise<Cost> {
	const cluster = await clusterName(inlay);
	for (let i = 0; i < WARM_UP; i++) await ask(port, request, token);
	const before = postgresProcessorMs(cluster);
	const times: number[] = [];
	for (let i = 0; i < REQUESTS; i++) {
		await request.before?.();
		const start = performance.now();
		await ask(port, request, token);
		times.push(performance.now() - start);
	}
	const after = postgresProcessorMs(cluster);
	const databaseMs = before !== undefined && after !== undefined ? (after - before) / REQUESTS : undefined;
	return { ms: percentile(times, 50), databaseMs };
}

/** @throws where the answer is a refusal: it would look like a fast listing */
async function ask(port: number, { path, body }: Request, token: string): Promise<void> {
	const headers = { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) };
	const sent = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
	const answer = await fetch(`http://127.0.0.1:${port}/api/v2/${path}`, sent);
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
}

function rowsOf(what: string, one: Cost, large: Cost | undefined): Row[] {
	if (!large) return [notMeasured(what, "it was not asked for at volume")];
	const times = `${large.ms.toFixed(2)} ms after ${one.ms.toFixed(2)}`;
	const rows: Row[] = [
		{ what: `${what} (${times})`, measured: large.ms / one.ms, unit: "times one page", budget: { atMost: BUDGET } },
	];
	if (large.databaseMs !== undefined) {
		rows.push({ what: `${what}: PostgreSQL's processor`, measured: large.databaseMs, unit: "ms" });
	}
	return rows;
}
