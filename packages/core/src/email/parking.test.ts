import { afterAll, beforeAll, expect, test } from "vitest";
import { communicationOf, isStaff } from "../conversations/model.ts";
import { conversationsRoutes } from "../conversations/routes.ts";
import { inHandBeside } from "../routing/capacity-store.ts";
import { seesEverything } from "../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { leftDraftRoutes } from "./left-routes.ts";
import { emailRoutes } from "./routes.ts";
import { letter } from "./test-support/letter.ts";
import { mailWorld } from "./test-support/mail-world.ts";

let one: Awaited<ReturnType<typeof mailWorld>>;
let api: TestApi;
const people: Record<string, ReturnType<typeof testPrincipal>> = {};
beforeAll(async () => {
	one = await mailWorld();
	const { conversations, kernel } = one.world;
	const routes = emailRoutes({ mailing: one.mailing, conversations, storage: kernel.storage });
	const left = leftDraftRoutes(one.mailing);
	api = await testApi([...conversationsRoutes(conversations, seesEverything), ...routes, ...left], people);
});
afterAll(async () => {
	await api.close();
	await one.close();
});

function signIn(userId: string, ...permissions: string[]): string {
	const token = `token${Object.keys(people).length}`;
	const grants = permissions.map((permission) => ({ permission, divisions: "all" as const }));
	people[token] = testPrincipal({ userId, grants });
	return token;
}

let letters = 0;
async function inHand(acwSettings?: Parameters<typeof one.story>[1]) {
	const story = await one.story({}, acwSettings);
	letters += 1;
	const messageId = `<parking-${letters}@customer.test>`;
	await one.take(story, letter({ "Message-ID": messageId }, "Hello"));
	const { id } = await one.only(story);
	const own = await one.answer(story, id);
	const path = `/api/v2/conversations/emails/${id}/participants/${own}`;
	return { ...story, id, own, path, messageId };
}

async function partOf({ id, own }: { id: string; own: string }) {
	const found = (await one.world.conversations.get(id))?.participants.find((part) => part.id === own);
	if (!found) throw new Error("The agent's part is gone.");
	return communicationOf(found);
}

const counted = (agent: string) => inHandBeside(one.world.kernel.database.db, agent, "");
const inHours = (hours: number) => new Date(one.world.kernel.clock.now().getTime() + hours * 3_600_000);

test("what is parked counts against nothing, and its agent takes it up again", async () => {
	const mine = await inHand();
	expect(await counted(mine.agent)).toHaveLength(1);
	const as = signIn(mine.agent, "conversation:email:park");
	const resumeTime = inHours(2).toISOString();
	expect(
		(await api.call("PATCH", `${mine.path}/parkingstate`, { as, body: { state: "PARKED", resumeTime } })).statusCode,
	).toBe(204);
	expect(await partOf(mine)).toMatchObject({ state: "parked", resumeTime });
	expect(await counted(mine.agent)).toEqual([]);
	const told = await api.call("GET", `/api/v2/conversations/emails/${mine.id}`, { as });
	expect(told.json().participants.at(-1)).toMatchObject({ state: "parked", resumeTime, parkTime: expect.any(String) });
	// Whoever has lost the permission gets out again what they have put in.
	const later = signIn(mine.agent);
	const up = await api.call("PATCH", `${mine.path}/parkingstate`, { as: later, body: { state: "UNPARKED" } });
	expect([up.statusCode, (await partOf(mine)).state]).toEqual([204, "connected"]);
	const again = await api.call("PATCH", mine.path, { as: later, body: { state: "parked" } });
	expect(again.statusCode).toBe(403);
	expect(again.json().message).toContain("conversation:email:park");
	expect((await api.call("PATCH", mine.path, { as, body: { state: "parked", resumeTime } })).statusCode).toBe(202);
	expect(await counted(mine.agent)).toEqual([]);
});

test("who parked an email counted as done with it, and once more when it ended: both cost them their turn", async () => {
	const endedAt = async (userId: string) => {
		const { db } = one.world.kernel.database;
		const query = db.selectFrom("routing_statuses").select("acd_ended_at").where("user_id", "=", userId);
		return (await query.executeTakeFirstOrThrow()).acd_ended_at?.getTime();
	};
	for (const wrapupPrompt of ["OPTIONAL", "MANDATORY"]) {
		const mine = await inHand({ wrapupPrompt });
		const { conversations, kernel } = one.world;
		await conversations.park(mine.id, mine.own, undefined, mine.by);
		expect(await endedAt(mine.agent), "parked").toBeUndefined();
		await conversations.unpark(mine.id, mine.own, mine.by);
		expect(await endedAt(mine.agent), "taken up again").toBeUndefined();
		await conversations.park(mine.id, mine.own, undefined, mine.by);
		one.advance(1000);
		await conversations.patchParticipant(mine.id, mine.own, { state: "disconnected" }, mine.by);
		if (wrapupPrompt === "MANDATORY") {
			expect(await endedAt(mine.agent), "to be wrapped up").toBeUndefined();
			await conversations.wrapup(mine.id, mine.own, { code: mine.queue.code.id }, mine.by);
		}
		expect(await endedAt(mine.agent), wrapupPrompt).toBe(kernel.clock.now().getTime());
	}
});

test("a customer who writes has a parked email taken up by its agent; a machine wakes nobody", async () => {
	const mine = await inHand();
	await one.world.conversations.park(mine.id, mine.own, undefined, mine.by);
	const away = { "Auto-Submitted": "auto-replied", "In-Reply-To": mine.messageId, Subject: "Out of office" };
	await one.take(mine, letter(away, "I am away"));
	expect((await partOf(mine)).state).toBe("parked");
	await one.take(mine, letter({ "In-Reply-To": mine.messageId }, "One more thing"));
	expect(await partOf(mine)).toMatchObject({ state: "connected" });
	expect((await partOf(mine)).resumeTime).toBeUndefined();
	expect((await one.only(mine)).id).toBe(mine.id);
});

test("what is parked comes back when its time is over, and at once where it is ended, handed over or its agent goes", async () => {
	const mine = await inHand();
	const { conversations, kernel } = one.world;
	const park = (it: typeof mine) => conversations.park(it.id, it.own, inHours(1), it.by);
	await park(mine);
	one.advance(3_600_000);
	await kernel.jobs.runDue();
	expect((await partOf(mine)).state).toBe("connected");
	await park(mine);
	const other = await one.world.agent(mine.queue.id);
	await conversations.transfer(mine.id, mine.own, { userId: other }, mine.by);
	expect((await partOf(mine)).state).toBe("disconnected");
	const ended = await inHand();
	await park(ended);
	await conversations.patchParticipant(ended.id, ended.own, { state: "disconnected" }, ended.by);
	expect((await partOf(ended)).afterCallWork?.state).not.toBe("unknown");
	const waits = (await conversations.get(ended.id))?.participants.filter(
		(part) => part.purpose === "acd" && isStaff(part),
	);
	expect(waits).toEqual([]);
});

test.each([
	["a time that has gone by", { state: "parked", resumeTime: "2020-01-01T00:00:00Z" }, "resumeTime"],
	["a time that is too far", { state: "parked", resumeTime: "2126-01-01T00:00:00Z" }, "resumeTime"],
	["another state", { state: "sleeping" }, "state"],
])("parking with %s was taken", async (_what, body, fieldName) => {
	const mine = await inHand();
	const as = signIn(mine.agent, "conversation:email:park");
	const answer = await api.call("PATCH", `${mine.path}/parkingstate`, { as, body });
	expect(answer.statusCode).toBe(400);
	expect(answer.body).toContain(fieldName);
	expect((await partOf(mine)).state).toBe("connected");
});

test("nobody parks more than they can keep in mind", async () => {
	const story = await one.story();
	const begun: string[] = [];
	for (let index = 0; index < 51; index += 1) {
		const wish = { queueId: story.queue.id, their: { email: `c${index}@customer.test` }, subject: "Hi" };
		const { id, participants } = await one.mailing.writing.begin(wish, story.by);
		begun.push(id);
		const parking = one.world.conversations.park(id, participants.at(-1)?.id ?? "", undefined, story.by);
		if (index < 50) await parking;
		else await expect(parking).rejects.toMatchObject({ code: "conversation.park.limit" });
	}
	expect(await counted(story.agent)).toHaveLength(1);
});

test("EM-12 without conversation:email:create nobody writes first, and routed mail is answered all the same", async () => {
	const mine = await inHand();
	const as = signIn(mine.agent);
	const body = { queueId: mine.queue.id, provider: "PureCloud Email", toAddress: "dan@customer.test" };
	const refused = await api.call("POST", "/api/v2/conversations/emails", { as, body });
	expect(refused.statusCode).toBe(403);
	expect(refused.json().message).toContain("conversation:email:create");
	const reply = { to: [{ email: "carol@customer.test" }], textBody: "Here it is" };
	const path = `/api/v2/conversations/emails/${mine.id}/messages`;
	expect((await api.call("POST", path, { as, body: reply })).statusCode).toBe(200);
	const may = signIn(mine.agent, "conversation:email:create");
	expect((await api.call("POST", "/api/v2/conversations/emails", { as: may, body })).statusCode).toBe(200);
});

test("who had lost every right wrote on, to anybody, by going on with a draft of what was over", async () => {
	const mine = await inHand();
	await one.mailing.drafts.save(mine.id, { text: "Nearly done" }, 0, mine.by);
	await one.end(mine, mine.id);
	// Their work after it is still to be done: that lends no right to begin another.
	const path = `/api/inlay/v1/conversations/emails/${mine.id}/draft/resume`;
	const refused = await api.call("POST", path, { as: signIn(mine.agent) });
	expect([refused.statusCode, refused.json().message]).toEqual([
		403,
		expect.stringContaining("conversation:email:create"),
	]);
	const may = signIn(mine.agent, "conversation:email:create");
	expect((await api.call("POST", path, { as: may })).statusCode).toBe(200);
	const sender = await inHand();
	const sent = await one.mailing.writing.send(sender.id, { text: "Too soon", isUndoable: true }, 0, sender.by);
	await one.end(sender, sender.id);
	const without = { ...sender.by, clientId: "any", may: () => false };
	await expect(one.mailing.writing.undo(sender.id, sent.id, without)).rejects.toMatchObject({ status: 403 });
});
