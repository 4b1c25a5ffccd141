import { randomUUID } from "node:crypto";
import { deskTopic } from "@inlay/contract";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { Jobs } from "../kernel/time/jobs.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { createDesks, type Desks } from "./desks.ts";
import { deskRoutes } from "./routes.ts";
import { fakeChannels } from "./test-support/fake-channels.ts";

/** Long enough for what a test does within it on a busy machine. */
const graceMs = 1500;
const channels = fakeChannels();
const parts = new Set<string>();
let kernel: TestKernel;
let desks: Desks;
let api: TestApi;

beforeAll(async () => {
	kernel = await testKernel();
	const ports = { ...channels, takesPart: async (user: string, talk: string) => parts.has(`${user}/${talk}`) };
	desks = createDesks(kernel, ports, { graceMs });
	const [anna, ben] = ["anna", "ben"].map((userId) => testPrincipal({ userId }));
	const news = { hasDrafts: async (userId: string) => userId === "ben" };
	api = await testApi(deskRoutes(desks, news), { anna: anna as never, ben: ben as never });
});
afterAll(async () => {
	desks.stop();
	await api.close();
	await kernel.close();
});

/** A conversation in which the user takes part. */
async function talkOf(...userIds: string[]): Promise<string> {
	const id = randomUUID();
	await kernel.database.db
		.insertInto("conversations")
		.values({ id, version: 1, document: {} as never, division_id: "home", started_at: new Date() } as never)
		.execute();
	for (const userId of userIds) parts.add(`${userId}/${id}`);
	return id;
}

const write = (as: string, talk: string, body: object, section = "log") =>
	api.call("PUT", `/api/v2/inlay/desk/conversations/${talk}/${section}`, { as, body });
const [one, two] = ["panel-one", "panel-two"];

describe("what an agent did is remembered by the server", () => {
	it("is found by every panel of the agent, with its versions", async () => {
		const talk = await talkOf("anna");
		const first = await write("anna", talk, { panelId: one, version: 0, value: { notes: "Likes tea" } });
		expect(first.json()).toMatchObject({ version: 1, value: { notes: "Likes tea" }, panelId: one });
		await write("anna", talk, { panelId: one, version: 1, value: { notes: "Likes tea, no milk" } });
		const { entries } = (await api.call("GET", "/api/v2/inlay/desk", { as: "anna" })).json();
		expect(entries).toMatchObject([{ conversationId: talk, section: "log", version: 2 }]);
		expect((await api.call("GET", "/api/v2/inlay/desk", { as: "ben" })).json().entries).toEqual([]);
	});

	it("notes typed in two panels never overwrite each other in silence", async () => {
		const talk = await talkOf("anna");
		await write("anna", talk, { panelId: one, version: 0, value: "from one" });
		for (const version of [0, 2]) {
			const late = await write("anna", talk, { panelId: two, version, value: "from two" });
			expect([late.statusCode, late.json().code]).toEqual([409, "version.conflict"]);
		}
		const answers = await Promise.all(
			[one, two].map((panelId) => write("anna", talk, { panelId, version: 1, value: panelId })),
		);
		expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
	});

	it("a writing that was never read before is refused where there is nothing", async () => {
		const talk = await talkOf("anna");
		expect((await write("anna", talk, { panelId: one, version: 3, value: 1 })).statusCode).toBe(409);
	});

	it("only of conversations in which one takes part", async () => {
		const talk = await talkOf("anna");
		const foreign = await write("ben", talk, { panelId: one, version: 0, value: "mine now" });
		expect([foreign.statusCode, foreign.json().code]).toEqual([404, "not.found"]);
		expect((await write("anna", talk, { panelId: one, version: 0, value: "x".repeat(200_001) })).statusCode).toBe(400);
		expect((await write("anna", talk, { panelId: one, version: 0, value: 1 }, "No-Name")).statusCode).toBe(400);
	});

	it("filled the database for ever: what nobody touched for a month goes", async () => {
		const talk = await talkOf("anna");
		await write("anna", talk, { panelId: one, version: 0, value: "old" }, "transfer");
		await write("anna", talk, { panelId: one, version: 0, value: "new" });
		const longAgo = new Date(Date.now() - 31 * 86_400_000);
		const { db } = kernel.database;
		await db
			.updateTable("desk_entries")
			.set({ changed_at: longAgo })
			.where("section", "=", "transfer")
			.where("conversation_id", "=", talk)
			.execute();
		await desks.start();
		await db.updateTable("jobs").set({ run_at: longAgo }).where("kind", "=", "desks.prune").execute();
		await kernel.jobs.runDue();
		const left = (await desks.entries("anna")).filter((entry) => entry.conversationId === talk);
		expect(left.map(({ section }) => section)).toEqual(["log"]);
	});

	it("one entry can be read again, to merge with it", async () => {
		const talk = await talkOf("anna");
		const path = `/api/v2/inlay/desk/conversations/${talk}/log`;
		expect((await api.call("GET", path, { as: "anna" })).statusCode).toBe(404);
		await write("anna", talk, { panelId: one, version: 0, value: "mine" });
		expect((await api.call("GET", path, { as: "anna" })).json()).toMatchObject({ version: 1, value: "mine" });
		expect((await api.call("GET", path, { as: "ben" })).statusCode).toBe(404);
	});

	it("tells the agent's other panels, and nobody else", async () => {
		const talk = await talkOf("anna");
		await write("anna", talk, { panelId: one, version: 0, value: "told" });
		const told = (await kernel.told()).filter((event) => event.type === "desk.written");
		expect(told.at(-1)?.announcements).toMatchObject([
			{ topics: [deskTopic("anna")], eventBody: { entry: { conversationId: talk, value: "told" } } },
		]);
	});
});

describe("once per agent and interaction", () => {
	it("a reload without storage pops no second time: the first panel has claimed it", async () => {
		const talk = await talkOf("anna");
		const claim = (panelId: string) =>
			api.call("POST", `/api/v2/inlay/desk/conversations/${talk}/pop/claim`, { as: "anna", body: { panelId } });
		const answers = await Promise.all([claim(one), claim(two), claim("panel-three")]);
		expect(answers.map((answer) => answer.json().first).filter(Boolean)).toHaveLength(1);
		expect((await claim("panel-four")).json()).toEqual({ first: false });
	});

	it("the same panel asking again, as its answer was lost, is still the first", async () => {
		const talk = await talkOf("anna");
		const claim = { conversationId: talk, section: "pop", panelId: one };
		expect([await desks.claim("anna", claim), await desks.claim("anna", claim)]).toEqual([true, true]);
	});
});

describe("one panel of an agent leads", () => {
	const ask = (userId: string, panelId: string, takeOver = false) => {
		channels.open(`${panelId}-channel`, userId);
		return desks.lead(userId, { panelId, channelId: `${panelId}-channel`, takeOver });
	};

	it("the first that asks, until another takes over by a click", async () => {
		expect((await ask("cleo", one)).panelId).toBe(one);
		expect((await ask("cleo", two)).panelId).toBe(one);
		expect((await ask("cleo", two, true)).panelId).toBe(two);
		expect((await ask("cleo", one)).panelId).toBe(two);
	});

	it("of several that ask at once, one", async () => {
		const answers = await Promise.all([one, two, "panel-three"].map((panelId) => ask("dora", panelId)));
		expect(new Set(answers.map((lease) => lease.panelId)).size).toBe(1);
	});

	it("hands over at once where the leader goes, and tells the others", async () => {
		await ask("emil", one);
		await desks.leave("emil", two);
		expect((await desks.leaderOf("emil"))?.panelId).toBe(one);
		await desks.leave("emil", one);
		expect(await desks.leaderOf("emil")).toBeUndefined();
		const last = (await kernel.told()).findLast((event) => event.type === "desk.led");
		expect(last?.announcements).toMatchObject([{ topics: [deskTopic("emil")], eventBody: { leader: null } }]);
	});

	it("a leader that crashed is missed after the time of a reload", async () => {
		await ask("fred", one);
		channels.disconnect(`${one}-channel`);
		expect((await ask("fred", two)).panelId).toBe(one);
		await expect.poll(() => desks.leaderOf("fred"), { timeout: 15_000 }).toBeUndefined();
		expect((await ask("fred", two)).panelId).toBe(two);
	});

	it("a leader that came back in time stays", async () => {
		await ask("gina", one);
		channels.disconnect(`${one}-channel`);
		channels.open(`${one}-channel`, "gina");
		const later = await new Promise((resolve) => setTimeout(() => resolve(desks.leaderOf("gina")), 1.3 * graceMs));
		expect(later).toMatchObject({ panelId: one });
	});

	it("a leader whose page is loaded anew stays; one that does not come back makes way before a crash would", async () => {
		await ask("ines", one);
		await desks.leave("ines", one, { mayReturn: true });
		expect((await ask("ines", two)).panelId).toBe(one);
		channels.disconnect(`${one}-channel`);
		await expect.poll(() => desks.leaderOf("ines"), { timeout: 15_000 }).toBeUndefined();
	});

	it("the sound stayed in the other window after a slow reload: the panel that came back leads again", async () => {
		await ask("mona", one);
		await desks.leave("mona", one, { mayReturn: true });
		channels.disconnect(`${one}-channel`);
		await expect.poll(() => desks.leaderOf("mona")).toBeUndefined();
		expect((await ask("mona", two)).panelId).toBe(two);
		expect((await ask("mona", one)).panelId).toBe(one);
		const last = (await kernel.told()).findLast((event) => event.type === "desk.led");
		expect(last, "phones follow").toMatchObject({ entityId: "mona", data: { takenOver: true } });
		expect((await ask("mona", two, true)).panelId).toBe(two);
		expect((await ask("mona", one)).panelId, "but once").toBe(two);
	});

	it("two windows that were loaded anew at once gave each other the call: whichever was quicker keeps it", async () => {
		await ask("nora", one);
		await desks.leave("nora", two, { mayReturn: true });
		await desks.leave("nora", one, { mayReturn: true });
		channels.disconnect(`${one}-channel`);
		await expect.poll(() => desks.leaderOf("nora")).toBeUndefined();
		expect((await ask("nora", two)).panelId).toBe(two);
		expect((await ask("nora", one)).panelId).toBe(two);
	});

	it("of two windows loaded anew at once whose sockets alone told it, the slower took the sound from the quicker", async () => {
		await ask("nina", one);
		await ask("nina", two);
		channels.disconnect(`${two}-channel`, true);
		channels.disconnect(`${one}-channel`, true);
		await expect.poll(() => desks.leaderOf("nina")).toBeUndefined();
		expect((await ask("nina", two)).panelId).toBe(two);
		expect((await ask("nina", one)).panelId).toBe(two);
	});

	it("a window loaded anew while a slow one still was gave it the sound back: any time that both were away counts", async () => {
		let at = 0;
		const ports = { ...channels, takesPart: async () => true };
		const late = createDesks(kernel, ports, { graceMs: 50, now: () => at });
		onTestFinished(() => late.stop());
		const asks = (panelId: string) => {
			channels.open(`${panelId}-channel`, "nick");
			return late.lead("nick", { panelId, channelId: `${panelId}-channel`, takeOver: false });
		};
		await asks(one);
		await late.leave("nick", one, { mayReturn: true });
		channels.disconnect(`${one}-channel`, true);
		await expect.poll(() => late.leaderOf("nick")).toBeUndefined();
		at = 5_000;
		await late.leave("nick", two, { mayReturn: true });
		at = 6_000;
		expect((await asks(two)).panelId).toBe(two);
		at = 7_000;
		expect((await asks(one)).panelId).toBe(two);
	});

	it("a window that its agent has chosen keeps the sound when the one before comes back", async () => {
		await ask("nele", one);
		await desks.leave("nele", one, { mayReturn: true });
		channels.disconnect(`${one}-channel`);
		await expect.poll(() => desks.leaderOf("nele")).toBeUndefined();
		await ask("nele", "panel-three");
		await ask("nele", two, true);
		expect((await ask("nele", one)).panelId).toBe(two);
	});

	it("a reload whose phone is on the line already is waited for, though its panel is slow", async () => {
		await ask("olga", one);
		channels.phones.add("olga");
		await desks.leave("olga", one, { mayReturn: true });
		channels.disconnect(`${one}-channel`);
		// Longer than a page is waited for of which nothing is heard.
		await new Promise((resolve) => setTimeout(resolve, 1_200));
		expect((await ask("olga", two)).panelId).toBe(one);
		expect((await ask("olga", one)).panelId).toBe(one);
	});

	it("a page that Firefox closed without its last request was waited for as a cut line: its socket said that it went", async () => {
		await ask("kurt", one);
		channels.disconnect(`${one}-channel`);
		channels.disconnect(`${one}-channel`, true);
		await expect.poll(() => desks.leaderOf("kurt"), { timeout: 15_000 }).toBeUndefined();
		const last = (await kernel.told()).findLast((event) => event.type === "desk.led");
		expect(last).toMatchObject({ entityId: "kurt", data: { closed: true } });
	});

	describe("after a kill of the server", () => {
		/** The same desks in a server that has just been started, and that panels have not come back to. */
		function restarted(afterStartMs: number, userId: string) {
			channels.forget(`${one}-channel`);
			const world = { ...kernel, jobs: new Jobs(kernel.database, kernel.clock, kernel.log) };
			const time = { now: 0 };
			const options = { graceMs: 20, afterStartMs, now: () => time.now };
			const desks = createDesks(world, { ...channels, takesPart: async () => true }, options);
			onTestFinished(() => desks.stop());
			const asks = (panelId: string) => {
				channels.open(`${panelId}-channel`, userId);
				return desks.lead(userId, { panelId, channelId: `${panelId}-channel`, takeOver: false });
			};
			return { hears: desks.hears, asks, time };
		}

		it("a leader of before a restart was waited for without end: who asks is told when it stays away", async () => {
			await ask("jana", one);
			const { asks, hears } = restarted(graceMs, "jana");
			hears();
			expect((await asks(two)).panelId).toBe(one);
			await expect.poll(() => desks.leaderOf("jana"), { timeout: 15_000 }).toBeUndefined();
		});

		it("the sound moved to the agent's other window, which was quicker to come back than the one that had it", async () => {
			await ask("kira", one);
			const { asks, hears } = restarted(60_000, "kira");
			hears();
			expect((await asks(two)).panelId).toBe(one);
			// Longer than a leader is waited for whose line was cut.
			await new Promise((resolve) => setTimeout(resolve, 60));
			expect((await asks(two)).panelId).toBe(one);
			expect((await asks(one)).panelId).toBe(one);
			expect((await desks.leaderOf("kira"))?.panelId).toBe(one);
		});

		it("a start that took its time counted as the leader's absence: it counts from when panels are heard", async () => {
			await ask("lena", one);
			const { asks, hears, time } = restarted(60_000, "lena");
			time.now += 90_000;
			hears();
			expect((await asks(two)).panelId).toBe(one);
		});
	});

	it("an interaction that was offered a second time opened no record: each ring is an occasion of its own", async () => {
		const talk = await talkOf("anna");
		const claim = (panelId: string, occasion: string) =>
			desks.claim("anna", { conversationId: talk, section: "pop", panelId, occasion });
		expect([await claim(one, "ring-1"), await claim(one, "ring-1"), await claim(two, "ring-1")]).toEqual([
			true,
			true,
			false,
		]);
		await Promise.all([claim(one, "ring-2"), claim(two, "ring-2")]);
		expect([await claim(one, "ring-2"), await claim(two, "ring-2")].filter(Boolean)).toHaveLength(1);
		expect(await claim(two, "ring-3")).toBe(true);
	});

	it("nobody leads by somebody else's channel", async () => {
		channels.open("foreign", "ben");
		const asked = { panelId: one, channelId: "foreign", takeOver: true };
		await expect(desks.lead("hugo", asked)).rejects.toMatchObject({ status: 400 });
	});
});

it("CH-2: a look at missed calls is told to the agent's other panels, and kept for the next", async () => {
	const before = await kernel.newest();
	expect((await api.call("POST", "/api/v2/inlay/desk/callsseen", { as: "anna" })).statusCode).toBe(204);
	const [event] = (await kernel.told(before)).filter((one) => one.type === "desk.calls.seen");
	const { callsSeenAt } = (await api.call("GET", "/api/v2/inlay/desk", { as: "anna" })).json();
	expect(event?.announcements).toMatchObject([{ topics: ["v2.inlay.desks.anna"], eventBody: { callsSeenAt } }]);
	const bens = (await api.call("GET", "/api/v2/inlay/desk", { as: "ben" })).json();
	expect(bens).not.toHaveProperty("callsSeenAt");
	expect(bens, "every panel asked for drafts at its start").toHaveProperty("hasDrafts", true);
	expect((await api.call("GET", "/api/v2/inlay/desk", { as: "anna" })).json()).not.toHaveProperty("hasDrafts");
});
