import { defaultWrapupCodeId } from "@inlay/contract/wrapup-codes";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createConversations } from "./conversations/conversations.ts";
import { livePartOf } from "./conversations/model.ts";
import { fakePhones } from "./conversations/test-support/world.ts";
import { createParts } from "./recordings/parts.ts";
import { createRecordingRules } from "./recordings/rules.ts";
import type { AcwSettings } from "./routing/queue-model.ts";
import { FakeClock } from "./test-support/fake-clock.ts";
import { servicesOn, workplace } from "./test-support/workplace.ts";

const clock = new FakeClock();
let work: Awaited<ReturnType<typeof workplace<FakeClock>>>;
let conversations: ReturnType<typeof createConversations>;
const phones = fakePhones();

beforeAll(async () => {
	work = await workplace({ clock });
	const rules = createRecordingRules(work.kernel);
	conversations = createConversations(work.kernel, {
		...{ users: work.users, queues: work.queues, routingStatus: work.routingStatus, phones },
		country: async () => "US",
		homeDivisionId: () => work.authorization.homeDivisionId(),
		recordings: { rules: () => rules.current(), follow: createParts(work.kernel).follow },
		workDone: work.presence.workDone,
	});
	work.presence.useWork({ owedBy: conversations.workOwedBy });
});
afterAll(() => work.close());

const by = (userId: string) => ({ userId, may: () => true });

async function livePart(conversationId: string, userId: string): Promise<string> {
	const conversation = await conversations.get(conversationId);
	return (conversation && livePartOf(conversation, userId)?.id) ?? "";
}

async function answerAs(conversationId: string, userId: string): Promise<void> {
	await conversations.calls.mediaConnected(conversationId, await livePart(conversationId, userId));
}

/** An agent on queue whose customer has just hung up, or was handed to a colleague. */
async function afterCall(
	name: string,
	wrapupPrompt: AcwSettings["wrapupPrompt"],
	timeoutMs?: number,
	handedTo?: string,
) {
	const userId = await work.hire(name);
	const queue = await work.queues.create(
		{ name: `${name}’s`, acwSettings: { wrapupPrompt, ...(timeoutMs ? { timeoutMs } : {}) } },
		{},
	);
	await work.queues.addMembers(queue.id, [userId], {});
	phones.signIn(userId);
	await work.presence.set(userId, "OnQueue", { actor: { userId } });
	const begun = await conversations.calls.startInboundCall({
		...{ customer: { name: "Ada", address: "+31201234567" }, dnis: "+31800", queueId: queue.id, provider: "test" },
	});
	const customer = begun.participants[0]?.id ?? "";
	await conversations.calls.mediaConnected(begun.id, customer);
	const offer = { conversationId: begun.id, queueId: queue.id, userId, timeoutSeconds: 20 };
	const { participants } = await work.kernel.database.change((trx) => conversations.assignAgent(trx, offer));
	const part = participants.at(-1)?.id ?? "";
	await conversations.calls.mediaConnected(begun.id, part);
	if (!handedTo) await conversations.partyLeft(begun.id, customer, "peer");
	else {
		await conversations.transfer(begun.id, part, { userId: handedTo }, by(userId));
		await answerAs(begun.id, handedTo);
	}
	return {
		async back() {
			const own = await livePart(begun.id, handedTo ?? "");
			await conversations.transfer(begun.id, own, { userId }, by(handedTo ?? ""));
			await answerAs(begun.id, userId);
		},
		hangUp: () => conversations.partyLeft(begun.id, customer, "peer"),
		userId,
		async done() {
			const all = (await conversations.get(begun.id))?.participants ?? [];
			const own = all.findLast((one) => one.userId === userId)?.id ?? "";
			const wrapup = { code: defaultWrapupCodeId, name: "Done" };
			await conversations.patchParticipant(begun.id, own, { wrapup }, { userId });
		},
		async choose(systemPresence: string, as = name) {
			const body = { presenceDefinition: { systemPresence } };
			const answer = await work.api.call("PATCH", `/api/v2/users/${userId}/presences/purecloud`, { as, body });
			const { presenceDefinition, inlayThen, code } = answer.json();
			return [answer.statusCode, code ?? presenceDefinition.systemPresence, inlayThen?.systemPresence];
		},
		/** The presence, what follows it, and the routing status, as another process of the server knows them. */
		async now() {
			const { definition, next } = await servicesOn(work.kernel).presence.get(userId);
			const { status } = await work.routingStatus.get(userId);
			return [definition.systemPresence, next?.definition.systemPresence, status];
		},
		told: async (type: string) =>
			(await work.events()).filter((event) => event.entityId === userId && event.type === type),
	};
}

it("a script changed the status during after-call work whose whole time is to be used", async () => {
	const agent = await afterCall("Forced", "MANDATORY_FORCED_TIMEOUT", 30_000);
	expect(await agent.choose("Break")).toEqual([409, "presence.after.call.work", undefined]);
	expect(await agent.choose("On Queue"), "staying what one is").toEqual([200, "On Queue", undefined]);
	clock.advance(30_000);
	await work.kernel.jobs.runDue();
	expect(await agent.now()).toEqual(["OnQueue", undefined, "IDLE"]);
	expect(await agent.choose("Break")).toEqual([200, "Break", undefined]);
});

it("a status chosen during after-call work was taken at once, and not when the work was done", async () => {
	const agent = await afterCall("Mandy", "MANDATORY");
	const before = (await agent.told("presence.changed")).length;
	expect(await agent.choose("Meal")).toEqual([200, "On Queue", "Meal"]);
	expect(await agent.choose("Break"), "the last wish counts").toEqual([200, "On Queue", "Break"]);
	expect(await agent.now()).toEqual(["OnQueue", "Break", "INTERACTING"]);
	expect(await agent.told("presence.changed")).toHaveLength(before);
	expect((await agent.told("presence.wished")).at(-1)?.announcements[0]).toMatchObject({
		topics: [`v2.users.${agent.userId}.presence`],
		eventBody: {
			presenceDefinition: { systemPresence: "ON_QUEUE" },
			inlayThen: { systemPresence: "BREAK" },
		},
	});
	await agent.done();
	expect(await agent.now()).toEqual(["Break", undefined, "OFF_QUEUE"]);
	expect((await agent.told("presence.changed")).at(-1)?.announcements[0]?.eventBody).not.toHaveProperty("inlayThen");
});

it("a status wished for during timed after-call work comes when the time is over; the present one takes it back", async () => {
	const agent = await afterCall("Tim", "MANDATORY_TIMEOUT", 20_000);
	await agent.choose("Break");
	expect(await agent.choose("On Queue")).toEqual([200, "On Queue", undefined]);
	expect(await agent.now()).toEqual(["OnQueue", undefined, "INTERACTING"]);
	await agent.choose("Training");
	clock.advance(20_000);
	await work.kernel.jobs.runDue();
	expect(await agent.now()).toEqual(["Training", undefined, "OFF_QUEUE"]);
});

it("signing out, and an administrator's change, wait for no after-call work and undo what was wished for", async () => {
	const agent = await afterCall("Offie", "MANDATORY");
	await work.hire("Chief", "admin");
	await agent.choose("Break");
	expect(await agent.choose("Meeting", "Chief")).toEqual([200, "Meeting", undefined]);
	await agent.choose("Break");
	expect(await agent.choose("Offline")).toEqual([200, "Offline", undefined]);
	expect(await agent.choose("Available"), "signed in again").toEqual([200, "Available", undefined]);
	await agent.done();
	expect(await agent.now()).toEqual(["Available", undefined, "OFF_QUEUE"]);
});

it("a status wished for was taken in the middle of the same call that had come back, or never", async () => {
	const ben = await work.hire("Benno");
	phones.signIn(ben);
	const agent = await afterCall("Retta", "MANDATORY", undefined, ben);
	await agent.choose("Break");
	await agent.back();
	expect(await agent.now()).toEqual(["OnQueue", "Break", "INTERACTING"]);
	await agent.hangUp();
	expect(await agent.now(), "the work of both parts is to be done now").toEqual(["OnQueue", "Break", "INTERACTING"]);
	await agent.done();
	expect(await agent.now()).toEqual(["Break", undefined, "OFF_QUEUE"]);
});

it("a status deleted while it was wished for left the after-call work open for good", async () => {
	const agent = await afterCall("Della", "MANDATORY");
	const labels = { languageLabels: { en_US: "Siesta" }, systemPresence: "Break" };
	const siesta = await work.presence.definitions.create({ ...labels, divisionId: "*" }, {});
	await work.presence.set(agent.userId, siesta.id, { actor: { userId: agent.userId } });
	await work.presence.definitions.remove(siesta.id, {});
	await agent.done();
	expect(await agent.now()).toEqual(["OnQueue", undefined, "IDLE"]);
});

it("after-call work that may be left undone keeps nobody from a break", async () => {
	const agent = await afterCall("Opti", "OPTIONAL");
	expect(await agent.choose("Break")).toEqual([200, "Break", undefined]);
});
