import { rightsTopic } from "@inlay/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { departures } from "../test-support/platform-shape.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { servicesOn, workplace } from "../test-support/workplace.ts";

let work: Awaited<ReturnType<typeof workplace>>;
const queues = "/api/v2/routing/queues";

beforeAll(async () => {
	work = await workplace();
	work.principals.root = testPrincipal();
});
afterAll(() => work.close());

async function call(method: string, url: string, body?: unknown, as = "root") {
	const answer = await work.api.call(method, url, { as, ...(body === undefined ? {} : { body }) });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

async function made(name: string, extra: object = {}): Promise<string> {
	return (await call("POST", queues, { name, ...extra })).body.id;
}

describe("queues", () => {
	it("are made with defaults, read, changed and deleted in the platform's shape", async () => {
		const created = await call("POST", queues, { name: "Sales", description: "Buyers" });
		expect(created.status).toBe(200);
		expect(departures("Queue", created.body)).toEqual([]);
		expect(created.body).toMatchObject({
			division: { name: "Home" },
			mediaSettings: { call: { alertingTimeoutSeconds: 20 } },
			acwSettings: { wrapupPrompt: "MANDATORY" },
			memberCount: 0,
		});
		const path = `${queues}/${created.body.id}`;
		const changed = await call("PUT", path, {
			...created.body,
			name: "Sales EU",
			acwSettings: { wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 60_000 },
		});
		expect(departures("Queue", changed.body)).toEqual([]);
		expect((await call("GET", path)).body).toEqual(changed.body);
		expect(await work.queues.get(created.body.id)).toMatchObject({
			alertingTimeoutSeconds: 20,
			acwSettings: { wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 60_000 },
		});
		expect((await call("DELETE", path)).status).toBe(200);
		expect((await call("GET", path)).status).toBe(404);
		expect((await call("PUT", path, { name: "x" })).status).toBe(404);
	});

	it("were kept with flows, prompts, scripts and the like, which nothing acted upon", async () => {
		for (const [wanted, field] of [
			[{ whisperPrompt: { id: "p" } }, "whisperPrompt"],
			[{ queueFlow: { id: "f" } }, "queueFlow"],
			[{ enableAudioMonitoring: true }, "enableAudioMonitoring"],
			[{ callingPartyName: "Inlay" }, "callingPartyName"],
			[{ lastAgentRoutingMode: "AnyAgent" }, "lastAgentRoutingMode=AnyAgent"],
			[{ suppressInQueueCallRecording: false }, "suppressInQueueCallRecording=false"],
			[{ mediaSettings: { call: { enableAutoAnswer: true } } }, "mediaSettings.call.enableAutoAnswer"],
			[{ nonsense: 1 }, "nonsense"],
		] as const) {
			const refused = await call("POST", queues, { name: "Refused", ...wanted });
			expect([refused.status, refused.body.messageParams]).toEqual([400, { fields: field }]);
		}
		expect((await call("GET", `${queues}?name=Refused`)).body.total).toBe(0);
	});

	it("are transcribed where that is wanted, in the language that is spoken there", async () => {
		const id = await made("Transcribed");
		const path = `${queues}/${id}`;
		expect((await call("GET", path)).body.enableTranscription).toBe(false);
		const change = { name: "Transcribed", enableTranscription: true, inlayTranscriptionLanguage: "de-at" };
		const kept = { enableTranscription: true, inlayTranscriptionLanguage: "de-AT" };
		expect((await call("PUT", path, change)).body).toMatchObject(kept);
		expect((await call("PUT", path, { name: "Transcribed" })).body).toMatchObject(kept);
		const nonsense = await call("PUT", path, { name: "Transcribed", inlayTranscriptionLanguage: "no language" });
		expect([nonsense.status, nonsense.body.details[0].fieldName]).toEqual([400, "inlayTranscriptionLanguage"]);
		const off = { name: "Transcribed", enableTranscription: false, inlayTranscriptionLanguage: null };
		const { body } = await call("PUT", path, off);
		expect([body.enableTranscription, body.inlayTranscriptionLanguage]).toEqual([false, undefined]);
	});

	it("refused every If-Match, and so were overwritten from an old page; members make no new version", async () => {
		const id = await made("Versioned");
		const path = `${queues}/${id}`;
		const send = (method: string, version: number, name: string) =>
			work.api.http.inject({
				method: method as "PUT",
				url: path,
				headers: { authorization: "Bearer root", "if-match": `"${version}"` },
				...(method === "PUT" ? { payload: { name } } : {}),
			});
		expect((await send("PUT", 1, "Versioned 2")).headers.etag).toBe('"2"');
		const late = await send("PUT", 1, "Versioned 3");
		expect([late.statusCode, late.json().code]).toEqual([409, "version.conflict"]);
		expect((await send("DELETE", 1, "")).statusCode).toBe(409);
		expect((await call("GET", path)).body.name).toBe("Versioned 2");
		expect((await send("DELETE", 2, "")).statusCode).toBe(200);
	});

	it("have names of their own, also when made at once", async () => {
		const answers = await Promise.all([1, 2, 3].map(() => call("POST", queues, { name: "Only one" })));
		expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
		const refused = answers.find((answer) => answer.status === 409);
		expect(refused?.body).toMatchObject({ code: "general.conflict", details: [{ fieldName: "name" }] });
		expect((await call("POST", queues, { name: "ONLY ONE" })).status).toBe(409);
	});

	it.each([
		["no name", {}, "name"],
		["a blank name", { name: "  " }, "name"],
		[
			"a ring too short",
			{ name: "Q", mediaSettings: { call: { alertingTimeoutSeconds: 1 } } },
			"mediaSettings.call.alertingTimeoutSeconds",
		],
		["an unknown prompt", { name: "Q", acwSettings: { wrapupPrompt: "SOMETIMES" } }, "acwSettings.wrapupPrompt"],
		["an unknown division", { name: "Q", division: { id: "nowhere" } }, "division.id"],
		["a division by its name, which went into another", { name: "Q", division: { name: "Support" } }, "division.id"],
	])("are refused with %s", async (_name, body, fieldName) => {
		const answer = await call("POST", queues, body);
		expect(answer.status).toBe(400);
		expect(answer.body.details.map((one: { fieldName: string }) => one.fieldName)).toContain(fieldName);
	});

	it("are listed by name, wildcard, id and division, page by page", async () => {
		const ids = [await made("List A"), await made("list B"), await made("List C")];
		const names = async (query: string) =>
			(await call("GET", `${queues}?${query}`)).body.entities.map((one: { name: string }) => one.name);
		expect(await names("name=list*")).toEqual(["List A", "list B", "List C"]);
		expect(await names("name=LIST%20B")).toEqual(["list B"]);
		expect(await names("name=*t%20c&sortOrder=desc")).toEqual(["List C"]);
		expect(await names("name=*l%C3%ADst%20%C3%A7"), "with accents or without").toEqual(["List C"]);
		expect(await names("name=*c%20%20list*"), "words in any order").toEqual(["List C"]);
		expect(await names(`id=${ids[0]},${ids[2]}&sortOrder=desc`)).toEqual(["List C", "List A"]);
		expect(await names("divisionId=nowhere")).toEqual([]);
		const page = (await call("GET", `${queues}?name=list*&pageSize=2&pageNumber=2`)).body;
		expect(departures("QueueEntityListing", page)).toEqual([]);
		expect(page).toMatchObject({ total: 3, pageCount: 2, entities: [{ name: "List C" }] });
		expect((await call("GET", `${queues}/divisionviews?name=list*`)).body.total).toBe(3);
	});

	it("whose answer is kept as a text were told as they were before a change of them, their members or their division", async () => {
		const division = await work.authorization.divisions.create({ name: "West", description: "" });
		const id = await made("Told", { division: { id: division.id } });
		const read = async () => {
			const { body, headers } = await work.api.call("GET", `${queues}/${id}`, { as: "root" });
			const { name, memberCount, division: its } = JSON.parse(body);
			return [name, memberCount, its.name, headers["content-type"], headers.etag];
		};
		const json = "application/json; charset=utf-8";
		const seen = [await read(), await read()];
		expect(seen[1]).toEqual(["Told", 0, "West", json, seen[0]?.[4]]);
		const ann = await work.hire("Tolda");
		await call("POST", `${queues}/${id}/members`, [{ id: ann }]);
		expect(await read()).toEqual(["Told", 1, "West", json, seen[0]?.[4]]);
		await work.authorization.divisions.update(division.id, { name: "Far West", description: "" });
		expect((await read()).slice(0, 3)).toEqual(["Told", 1, "Far West"]);
		await call("PUT", `${queues}/${id}`, { name: "Told on" });
		expect((await read()).slice(0, 3)).toEqual(["Told on", 1, "Far West"]);
		expect((await read())[4]).not.toBe(seen[0]?.[4]);
	});

	it("of other divisions are neither listed nor touched", async () => {
		const division = await work.authorization.divisions.create({ name: "North", description: "" });
		const id = await made("Northern", { division: { id: division.id } });
		const home = await work.authorization.homeDivisionId();
		work.principals.homely = testPrincipal({ grants: [{ permission: "routing:*:*", divisions: new Set([home]) }] });
		expect((await call("GET", `${queues}?name=Northern`, undefined, "homely")).body.total).toBe(0);
		for (const [method, path, body] of [
			["GET", `${queues}/${id}`],
			["PUT", `${queues}/${id}`, { name: "Mine" }],
			["DELETE", `${queues}/${id}`],
			["POST", `${queues}/${id}/members`, []],
			["POST", queues, { name: "New", division: { id: division.id } }],
		] as const) {
			const refused = await call(method, path, body, "homely");
			expect(refused).toMatchObject({ status: 403, body: { code: "missing.division.permission" } });
		}
		await expect(work.authorization.divisions.remove("server", division.id)).rejects.toThrow("1 QUEUE");
	});
});

/** Until a transaction waits for what another one holds. */
async function untilSomebodyWaits(): Promise<void> {
	await vi.waitUntil(async () => {
		const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`.execute(work.kernel.database.db);
		return rows[0]?.waiting === 1;
	});
}

describe("members", () => {
	it("come, join, leave and go, and are announced on the queue's topic", async () => {
		const [ann, bob] = [await work.hire("Ann"), await work.hire("Bob")];
		const id = await made("Team");
		const path = `${queues}/${id}/members`;
		expect((await call("POST", path, [{ id: ann }, { id: bob }])).status).toBe(204);
		const listed = (await call("GET", path)).body;
		expect(departures("QueueMemberEntityListing", withoutTotals(listed))).toEqual([]);
		expect(listed.entities.map((one: { name: string; joined: boolean }) => [one.name, one.joined])).toEqual([
			["Ann", true],
			["Bob", true],
		]);
		expect((await call("PATCH", `${path}/${bob}`, { joined: false, ringNumber: 2 })).status).toBe(202);
		expect((await call("GET", `${path}?joined=false`)).body.entities).toMatchObject([{ id: bob, ringNumber: 2 }]);
		expect((await call("GET", `${queues}/${id}`)).body).toMatchObject({ memberCount: 2, joinedMemberCount: 1 });
		expect(await work.queues.joinedMembers(work.kernel.database.db, id)).toMatchObject([
			{ userId: ann, ringNumber: 1 },
		]);
		const patched = await call("PATCH", path, [
			{ id: bob, joined: true },
			{ id: "stranger", joined: true },
		]);
		expect(patched.body.entities).toMatchObject([{ id: bob, joined: true }]);
		expect((await call("DELETE", `${path}/${ann}`)).status).toBe(204);
		expect((await call("POST", `${path}?delete=true`, [{ id: bob }])).status).toBe(204);
		const told = (await work.events()).flatMap((event) => event.announcements);
		const bodies = told.filter((one) => one.topics[0] === `v2.routing.queues.${id}.users`).map((one) => one.eventBody);
		expect(bodies.flatMap((body) => departures("QueueUserEventTopicQueueMember", body))).toEqual([]);
		expect(bodies.map((body) => (body as { joined: boolean }).joined)).toEqual([true, true, false, true, false, false]);
	});

	it("saw queues that they had been taken out of until a reload: each hears of every change of their own", async () => {
		const [ann, id] = [await work.hire("Lia"), await made("Live")];
		const told = async () =>
			(await work.kernel.told())
				.flatMap((event) => event.announcements)
				.filter((one) => one.topics.includes(rightsTopic(ann)))
				.map((one) => one.eventBody)
				.filter((body) => "queues" in (body as object));
		await call("POST", `${queues}/${id}/members`, [{ id: ann }]);
		expect(await told()).toEqual([{ queues: true }]);
		await call("PATCH", `${queues}/${id}/members/${ann}`, { joined: false });
		await call("DELETE", `${queues}/${id}/members/${ann}`);
		await call("POST", `${queues}/${id}/members`, [{ id: ann }]);
		await call("DELETE", `${queues}/${id}?forceDelete=true`);
		expect(await told()).toEqual(Array(5).fill({ queues: true }));
	});

	it("must be users, or nobody is added; who is no member cannot be removed", async () => {
		const id = await made("Strict");
		const user = await work.hire("Cid");
		expect((await call("POST", `${queues}/${id}/members`, [{ id: user }, { id: "nobody" }])).status).toBe(404);
		expect((await call("GET", `${queues}/${id}`)).body.memberCount).toBe(0);
		expect((await call("DELETE", `${queues}/${id}/members/${user}`)).status).toBe(404);
		expect((await call("POST", `${queues}/nowhere/members`, [{ id: user }])).status).toBe(404);
	});

	it("keep their queue from being deleted unless forced", async () => {
		const id = await made("Kept");
		await call("POST", `${queues}/${id}/members`, [{ id: await work.hire("Dee") }]);
		expect((await call("DELETE", `${queues}/${id}`)).status).toBe(409);
		expect((await call("DELETE", `${queues}/${id}?forceDelete=true`)).status).toBe(200);
	});

	it("a queue was deleted under those who waited in it, and they waited for ever", async () => {
		const id = await made("Busy");
		const { db } = work.kernel.database;
		await sql`insert into conversations (id, version, document, division_id, started_at, waiting_queue_id, waiting_since)
			values ('waits', 1, '{}', 'home', now(), ${id}, now())`.execute(db);
		for (const forced of ["", "?forceDelete=true"]) {
			const { status, body } = await call("DELETE", `${queues}/${id}${forced}`);
			expect([status, body.code]).toEqual([409, "general.conflict"]);
			expect(body.message).toContain("came through the queue Busy are under way, and may come back to it: 1");
		}
		await sql`delete from conversations where id = 'waits'`.execute(db);
		expect((await call("DELETE", `${queues}/${id}`)).status).toBe(200);
	});

	it("who are deleted leave their queues, go offline and free their station", async () => {
		const user = await work.hire("Gone");
		const id = await made("Left");
		await work.queues.addMembers(id, [user], { userId: user });
		await work.presence.set(user, "OnQueue", { actor: { userId: user } });
		const station = (await work.stations.webRtcStationOf(user))?.id ?? "";
		await work.stations.associate(user, station, { userId: user });
		await work.users.remove(user);
		await vi.waitFor(async () => {
			expect((await work.queues.listMembers(id, {}, { limit: 10, offset: 0 })).members).toEqual([]);
			expect((await work.presence.get(user)).definition.systemPresence).toBe("Offline");
			expect((await work.routingStatus.get(user)).status).toBe("OFF_QUEUE");
			expect((await work.stations.require(station)).associatedUserId).toBeUndefined();
		});
	});

	it("told an older routing status last with their queues, as it changed at the same moment", async () => {
		const user = await work.hire("Fay");
		const id = await made("Moment");
		await work.queues.addMembers(id, [user], { userId: user });
		const changed = Promise.withResolvers<void>();
		const mayCommit = Promise.withResolvers<void>();
		const status = work.kernel.database.change(async (trx) => {
			await work.routingStatus.setOnQueue(trx, user, true);
			changed.resolve();
			await mayCommit.promise;
		});
		await changed.promise;
		const leaving = work.queues.changeMembers([{ queueId: id, userId: user, joined: false }], { userId: user });
		await Promise.race([leaving, untilSomebodyWaits()]);
		mayCommit.resolve();
		await Promise.all([status, leaving]);
		const told = (await work.kernel.told()).flatMap((event) => event.announcements);
		expect(told.filter((one) => one.topics[0] === `v2.users.${user}.activity`).at(-1)?.eventBody).toMatchObject({
			routingStatus: { status: "IDLE" },
			activeQueueIds: [],
		});
	});

	it("changed by two processes in opposite order never wait for each other", async () => {
		const sibling = await work.kernel.sibling();
		const there = servicesOn(sibling);
		const user = await work.hire("Eli");
		const ids = [await made("Cross 1"), await made("Cross 2")];
		for (const id of ids) await work.queues.addMembers(id, [user], { userId: user });
		const changes = (joined: boolean) => ids.map((queueId) => ({ queueId, userId: user, joined }));
		const rounds = Array.from({ length: 10 }, (_, round) => [
			work.queues.changeMembers(changes(round % 2 === 0), { userId: user }),
			there.queues.changeMembers(changes(round % 2 === 1).reverse(), { userId: user }),
		]);
		await Promise.all(rounds.flat());
		const joined = (await work.queues.queuesOfUser(user)).map((queue) => queue.joined);
		expect(new Set(joined).size).toBe(1);
		await sibling.close();
	});
});

describe("a user's queues", () => {
	it("are joined and left by the user; others are ignored", async () => {
		const user = await work.hire("Flo");
		const [mine, foreign] = [await made("Mine"), await made("Foreign")];
		await work.queues.addMembers(mine, [user], { userId: user });
		const path = `/api/v2/users/${user}/queues`;
		const wish = [
			{ id: mine, joined: false },
			{ id: foreign, joined: true },
		];
		const left = await call("PATCH", path, wish, "Flo");
		expect(departures("UserQueueEntityListing", left.body)).toEqual([]);
		expect(left.body.entities).toMatchObject([{ id: mine, joined: false }]);
		expect((await call("GET", path, undefined, "Flo")).body.total).toBe(0);
		expect((await call("GET", `${path}?joined=false`, undefined, "Flo")).body.total).toBe(1);
		expect((await call("GET", "/api/v2/routing/queues/me", undefined, "Flo")).body.entities).toMatchObject([
			{ id: mine },
		]);
		const back = await call("PATCH", `${path}/${mine}`, { id: mine, joined: true }, "Flo");
		expect(departures("UserQueue", back.body)).toEqual([]);
		expect(back.body.joined).toBe(true);
		expect((await call("PATCH", `${path}/${foreign}`, { joined: true }, "Flo")).status).toBe(404);
	});

	it("of somebody else need routing:queueMember:manage", async () => {
		const user = await work.hire("Gem");
		const id = await made("Gem's");
		await work.queues.addMembers(id, [user], { userId: user });
		work.principals.joiner = testPrincipal({ grants: [{ permission: "routing:queue:join", divisions: "all" }] });
		const path = `/api/v2/users/${user}/queues`;
		expect((await call("PATCH", path, [{ id, joined: false }], "joiner")).status).toBe(403);
		expect((await call("PATCH", path, [{ id, joined: false }])).status).toBe(200);
	});
});

/** The platform's member listing is the one page model that does not declare its totals. */
function withoutTotals({ total: _total, pageCount: _pageCount, lastUri: _lastUri, ...rest }: Record<string, unknown>) {
	return rest;
}
