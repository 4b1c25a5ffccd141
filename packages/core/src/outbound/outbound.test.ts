import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCall } from "../conversations/call/model.ts";
import { callbackOf, customerOf } from "../conversations/callback/model.ts";
import { createConversations } from "../conversations/conversations.ts";
import { type Conversation, isOutside, isStaff } from "../conversations/model.ts";
import { mediaConversationEvent } from "../conversations/projection/flat.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import { createAssignment } from "../routing/assignment.ts";
import { referredQueues } from "../routing/queue-store.ts";
import type { AttemptLimitsValue, CampaignValue, Contact, MappingFlag } from "./model.ts";
import { createOutboundDialer, createOutboundThings } from "./outbound.ts";

let world: World;
let outbound: ReturnType<typeof createOutboundThings>;
let conversations: ReturnType<typeof createConversations>;
let assignment: ReturnType<typeof createAssignment>;
let dialer: ReturnType<typeof createOutboundDialer>;

beforeAll(async () => {
	world = await conversationWorld();
	outbound = createOutboundThings(world.kernel, {
		directory,
		queues: { ...referredQueues, get: async () => undefined },
		country: async () => "DE",
	});
	conversations = createConversations(world.kernel, { ...world.deps, campaigns: outbound.book });
	assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations });
	dialer = createOutboundDialer(world.kernel, outbound, {
		conversations,
		conversation: (id, trx) => conversations.get(id, trx),
		freeAgents: async (queueId, medium) => (await assignment.free(queueId, medium)).length,
		isThere: (userId) => world.phones.isReachable(userId),
		async offQueue(userIds) {
			const found = await world.routingStatus.find(userIds);
			return new Set(found.flatMap((one) => (one.status === "OFF_QUEUE" ? [one.userId] : [])));
		},
	});
});
afterAll(() => world.close());

const directory = {
	homeDivisionId: async () => "home",
	divisions: {
		list: async () => [{ id: "home", name: "Home" }],
		requireStanding: async () => {},
		addCounter: () => {},
	},
};
const actor = {};
const cell = "+4915123456710";
const home = "+493012345610";
let made = 0;

interface Story {
	queueId: string;
	agent: string;
	campaignId: string;
	listId: string;
	code: string;
}

/** A campaign that calls, with an agent on queue. @param data of its contacts */
async function story(
	data: Array<Record<string, string>>,
	changes: Partial<CampaignValue> = {},
	limits?: AttemptLimitsValue,
): Promise<Story> {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	made += 1;
	const limited = limits && (await outbound.limits.create({ name: `Limits ${made}`, value: limits }, actor));
	const list = await outbound.lists.create(
		{
			name: `Contacts ${made}`,
			value: {
				columnNames: ["name", "cell", "home", "zone"],
				phoneColumns: [
					{ columnName: "cell", type: "cell", callableTimeColumn: "zone" },
					{ columnName: "home", type: "home" },
				],
				attemptLimitsId: limited?.id,
			},
		},
		actor,
	);
	await outbound.addContacts(
		list,
		data.map((one) => contactOf(list.id, one)),
		actor,
	);
	const campaign = await outbound.campaigns.create(
		{
			name: `Campaign ${made}`,
			value: { ...plain, contactListId: list.id, queueId: queue.id, ...changes },
		},
		actor,
	);
	await outbound.setStatus(campaign, "on", actor);
	return { queueId: queue.id, agent, campaignId: campaign.id, listId: list.id, code: queue.code.id };
}

const plain: Omit<CampaignValue, "contactListId"> = {
	dialingMode: "preview",
	phoneColumns: [{ columnName: "cell" }, { columnName: "home" }],
	dncListIds: [],
	callerName: "Inlay",
	callerAddress: "+493000000",
	abandonRate: 3,
	maxCallsPerAgent: 2,
	skipPreviewDisabled: false,
	previewTimeOutSeconds: 20,
	callbackAutoAnswer: true,
	alwaysRunning: false,
	noAnswerTimeout: 30,
	shownColumns: [],
	columnsAsAttributes: false,
};

function contactOf(contactListId: string, data: Record<string, string>): Omit<Contact, "position"> {
	const numbers = (["cell", "home"] as const).flatMap((column) =>
		data[column] ? [[column, { number: data[column], callable: true }]] : [],
	);
	return {
		id: randomUUID(),
		contactListId,
		data,
		callable: true,
		numbers: Object.fromEntries(numbers),
		dateCreated: world.kernel.clock.now(),
	};
}

/** As when the server looks and assigns. */
async function turn({ queueId }: Pick<Story, "queueId">): Promise<void> {
	await dialer.lookNow();
	await assignment.assign([queueId]);
}

async function later(seconds: number): Promise<void> {
	world.kernel.clock.advance(seconds * 1000);
	await world.kernel.jobs.runDue();
}

/** The campaign's interactions that have a contact now. */
async function taken({ campaignId }: Story): Promise<Conversation[]> {
	const ids = await outbound.runs.taken(outbound.db, campaignId);
	const found = await Promise.all(ids.map((id) => conversations.get(id)));
	return found.flatMap((one) => one ?? []);
}

async function only(of: Story): Promise<Conversation> {
	const [one, ...others] = await taken(of);
	expect(others).toEqual([]);
	if (!one) throw new Error("The campaign has no contact in hand.");
	return one;
}

const agentIn = (conversation: Conversation) => conversation.participants.find(isStaff) as { id: string };
const now = async ({ id }: Conversation) => (await conversations.get(id)) as Conversation;

/** The agent's phone is there, and the far end does as it says. */
async function called(conversation: Conversation, far: "answers" | "busy"): Promise<void> {
	await conversations.calls.mediaConnected(conversation.id, agentIn(conversation).id);
	const dialling = (await now(conversation)).participants.findLast((one) => isOutside(one) && one.calls);
	if (far === "answers") await conversations.calls.mediaConnected(conversation.id, dialling?.id ?? "");
	else await conversations.calls.partyLeft(conversation.id, dialling?.id ?? "", "client", "busy");
}

const attempts = async ({ campaignId }: Story) =>
	(
		await sql<{ number: string; result: string | null }>`
			select number, result from outbound_attempts where campaign_id = ${campaignId} order by id`.execute(outbound.db)
	).rows;

async function stateOf({ campaignId }: Story, contactId: string) {
	const { rows } = await sql<{ state: string; why: string | null }>`
		select state, why from outbound_tries where campaign_id = ${campaignId} and contact_id = ${contactId}`.execute(
		outbound.db,
	);
	return rows[0];
}

async function means(code: string, ...flags: MappingFlag[]): Promise<void> {
	const { value } = await outbound.rules.mapping();
	await outbound.rules.setMapping({ ...value, mapping: { ...value.mapping, [code]: flags } }, actor);
}

const by = (userId: string) => ({ userId, may: () => false });

test("OB-1 preview of 20 s: at 20 s the first number is called; Right party ends the contact, and the second is never dialled", async () => {
	const one = await story([{ name: "Doe, Jane", cell, home }]);
	await means(one.code, "Right_Party_Contact");
	await turn(one);
	const preview = await only(one);
	const shown = mediaConversationEvent(preview) as { participants: Array<{ purpose: string; dialerPreview?: object }> };
	expect(shown.participants.find((party) => party.purpose === "agent")).toMatchObject({
		state: "connected",
		callbackNumbers: [cell, home],
		dialerPreview: { campaignId: one.campaignId, contactListId: one.listId },
		timeoutSeconds: 20,
		skipEnabled: true,
	});
	expect(customerOf(preview).attributes).toMatchObject({ dialerCampaignId: one.campaignId });
	await later(19);
	expect(await attempts(one)).toEqual([]);
	await later(1.1);
	expect(await attempts(one)).toEqual([{ number: cell, result: null }]);
	await called(preview, "answers");
	await conversations.wrapup(preview.id, agentIn(preview).id, { code: one.code }, by(one.agent));
	await conversations.disconnect(preview.id, by(one.agent));
	expect(await attempts(one)).toEqual([{ number: cell, result: "talked" }]);
	expect(await stateOf(one, preview.internal.campaign?.contactId ?? "")).toEqual({ state: "done", why: "rightParty" });
	await turn(one);
	await later(3_600);
	await turn(one);
	expect(await attempts(one)).toHaveLength(1);
	expect((await outbound.runsOf([one.campaignId])).get(one.campaignId)?.status).toBe("complete");
});

test("OB-2 a contact that was skipped came again in the same run; a campaign without skipping let it happen", async () => {
	const one = await story([
		{ name: "Jane", cell },
		{ name: "Joe", cell: "+4915123456711" },
	]);
	await turn(one);
	const first = await only(one);
	await conversations.patchParticipant(first.id, agentIn(first).id, { state: "disconnected" }, by(one.agent));
	expect(await stateOf(one, first.internal.campaign?.contactId ?? "")).toEqual({ state: "done", why: "skipped" });
	await turn(one);
	const second = await only(one);
	expect(customerOf(second).name).toBe("Joe");
	const strict = await story([{ name: "Jane", cell: "+4915123456712" }], { skipPreviewDisabled: true });
	await turn(strict);
	const kept = await only(strict);
	const skip = conversations.patchParticipant(kept.id, agentIn(kept).id, { state: "disconnected" }, by(strict.agent));
	await expect(skip).rejects.toMatchObject({ status: 409, code: "outbound.skip.disabled" });
});

test("OB-5 a number that went onto the DNC list between preview and call was called", async () => {
	const list = await outbound.dncLists.create({ name: "Never", value: {} }, actor);
	const one = await story([{ name: "Jane", cell: "+4915123456713" }], { dncListIds: [list.id] });
	await turn(one);
	const preview = await only(one);
	await outbound.changeDnc(list.id, "Add", ["+4915123456713"], actor);
	const call = conversations.callbacks.call(preview.id, "+4915123456713", by(one.agent));
	await expect(call).rejects.toMatchObject({ status: 409, code: "outbound.dnc" });
	const contact = await outbound.contacts.find(outbound.db, one.listId, preview.internal.campaign?.contactId ?? "");
	expect(contact?.numbers.cell?.lastResult).toBe("ININ-OUTBOUND-DNC-SKIPPED");
	await later(21);
	expect(await attempts(one)).toEqual([]);
	expect((await now(preview)).endTime).toBeDefined();
});

test("OB-8 the second wrap-up of a call counted: a contact that was agreed to be called back became uncallable", async () => {
	const one = await story([{ name: "Jane", cell: "+4915123456714" }]);
	await means("not-interested", "Contact_UnCallable");
	await turn(one);
	const preview = await only(one);
	await conversations.callbacks.call(preview.id, "+4915123456714", by(one.agent));
	await called(preview, "answers");
	const { contactId = "" } = preview.internal.campaign ?? {};
	await conversations.wrapup(preview.id, agentIn(preview).id, { code: one.code }, by(one.agent));
	await world.kernel.database.change((trx) => outbound.runs.firstWrapup(trx, preview.id, "not-interested"));
	await conversations.disconnect(preview.id, by(one.agent));
	expect((await outbound.contacts.find(outbound.db, one.listId, contactId))?.callable).toBe(true);
});

test("a preview whose agent went off queue, or whose panel was gone at the end of the countdown, counted as an attempt", async () => {
	const one = await story([{ name: "Jane", cell: "+4915123456715" }]);
	await turn(one);
	const preview = await only(one);
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, one.agent, false));
	await turn(one);
	expect((await now(preview)).endTime).toBeDefined();
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, one.agent, true));
	await turn(one);
	const again = await only(one);
	world.phones.signOut(one.agent);
	await later(21);
	expect((await now(again)).endTime).toBeDefined();
	expect(await attempts(one)).toEqual([]);
	world.phones.signIn(one.agent);
	await turn(one);
	expect((await taken(one)).length).toBe(1);
});

test("a number that was busy was not called again when its time came, or before", async () => {
	const limits = { recallEntries: { busy: { nbrAttempts: 3, minutesBetweenAttempts: 5 } } };
	const one = await story([{ name: "Jane", cell: "+4915123456716" }], {}, limits);
	await turn(one);
	const preview = await only(one);
	await conversations.callbacks.call(preview.id, "+4915123456716", by(one.agent));
	await called(preview, "busy");
	await conversations.disconnect(preview.id, by(one.agent));
	expect(await attempts(one)).toEqual([{ number: "+4915123456716", result: "busy" }]);
	await turn(one);
	expect(await taken(one)).toEqual([]);
	await later(301);
	await turn(one);
	expect(await taken(one)).toHaveLength(1);
});

test("progressive: one call for each idle agent; who answers is with the agent, and the next contact comes after the wrap-up", async () => {
	const contacts = [20, 21, 22].map((n) => ({ name: `N${n}`, cell: `+49151234567${n}` }));
	const one = await story(contacts, { dialingMode: "progressive" });
	await turn(one);
	await turn(one);
	const call = await only(one);
	expect(call.participants.map(({ purpose, dnis }) => [purpose, dnis])).toEqual([["customer", contacts[0]?.cell]]);
	await conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	await assignment.assign([one.queueId]);
	await conversations.calls.mediaConnected(call.id, agentIn(await now(call)).id);
	await later(3);
	expect((await now(call)).endTime).toBeUndefined();
	await turn(one);
	expect(await taken(one)).toHaveLength(1);
	await conversations.disconnect(call.id, by(one.agent));
	await conversations.wrapup(call.id, agentIn(await now(call)).id, { code: one.code }, by(one.agent));
	expect(await attempts(one)).toEqual([{ number: contacts[0]?.cell, result: "talked" }]);
	await turn(one);
	expect((await only(one)).address).toBe(contacts[1]?.cell);
});

test("somebody answered and met nobody: after two seconds they are let go, and it counts as abandoned", async () => {
	const one = await story([{ name: "Jane", cell: "+4915123456730" }], { dialingMode: "progressive" });
	await turn(one);
	const call = await only(one);
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, one.agent, false));
	await conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	await later(1.5);
	expect((await now(call)).endTime).toBeUndefined();
	await later(1);
	expect((await now(call)).endTime).toBeDefined();
	expect(await outbound.runs.history(outbound.db, one.campaignId)).toEqual({ answers: 1, abandoned: 1, attempts: 1 });
});

test("a number that rang when the server was killed rang again when it came back", async () => {
	const one = await story([{ name: "Jane", cell: "+4915123456731" }], { dialingMode: "progressive" });
	await turn(one);
	const call = await only(one);
	await dialer.recover();
	expect((await now(call)).endTime).toBeDefined();
	await turn(one);
	expect(await taken(one)).toEqual([]);
	expect(await attempts(one)).toEqual([{ number: "+4915123456731", result: "interrupted" }]);
	const preview = await story([{ name: "Jane", cell: "+4915123456732" }]);
	await turn(preview);
	const looked = await only(preview);
	await conversations.callbacks.call(looked.id, "+4915123456732", by(preview.agent));
	await conversations.calls.mediaConnected(looked.id, agentIn(looked).id);
	await dialer.recover();
	const agent = (await now(looked)).participants.find(isStaff);
	expect(agent && findCall(agent)?.state).toBe("disconnected");
	expect(agent && callbackOf(agent).state).toBe("connected");
});

test("two looks at once took the same contact", async () => {
	const one = await story([{ name: "Jane", cell: "+4915123456740" }], { dialingMode: "progressive" });
	await Promise.all([dialer.lookNow(), dialer.lookNow(), dialer.lookNow()]);
	expect(await attempts(one)).toHaveLength(1);
});

test("a campaign that is stopped let new contacts out, and took back who was looked at", async () => {
	const one = await story([
		{ name: "Jane", cell: "+4915123456741" },
		{ name: "Joe", cell: "+4915123456742" },
	]);
	await turn(one);
	const preview = await only(one);
	const campaign = await outbound.campaigns.require(one.campaignId);
	expect((await outbound.setStatus(campaign, "off", actor)).status).toBe("stopping");
	await turn(one);
	expect((await now(preview)).endTime).toBeUndefined();
	await conversations.patchParticipant(preview.id, agentIn(preview).id, { state: "disconnected" }, by(one.agent));
	await turn(one);
	expect((await outbound.runsOf([one.campaignId])).get(one.campaignId)?.status).toBe("off");
});

test("OB-7 an upload of 20,000 rows: one bad number is listed, the rest is there, and a second file replaces them", async () => {
	const { listId } = await story([]);
	const row = (n: number) => `Name ${n},${n === 15 ? "12x" : `+4915${String(200_000_000 + n)}`},,\n`;
	const file = function* () {
		yield "name,cell,home,zone\n";
		for (let n = 0; n < 20_000; n += 100) yield Array.from({ length: 100 }, (_, i) => row(n + i)).join("");
	};
	const read = (rows: Iterable<string>, mode: "append" | "replace") =>
		outbound.imports.begin(
			listId,
			Readable.from([...rows].map((text) => Buffer.from(text))),
			{ mode, encoding: "utf-8" },
			actor,
		);
	await read(file(), "append");
	await world.kernel.jobs.runDue();
	const { value } = await outbound.lists.require(listId);
	expect(value.importStatus).toMatchObject({
		state: "COMPLETE",
		totalRecords: 20_000,
		completedRecords: 19_999,
		inlayErrors: [{ row: 17, field: "cell", code: "number.invalid", value: "12x" }],
	});
	expect(await outbound.contacts.count(listId)).toBe(19_999);
	await expect(read(["name,cell,home,zone\n", '1,"+49\n'], "replace")).rejects.toMatchObject({ code: "csv.quotes" });
	expect(await outbound.contacts.count(listId)).toBe(19_999);
	await read(["name,cell,home,zone\n", "Jane,+4915123456710,,\n"], "replace");
	await world.kernel.jobs.runDue();
	expect((await outbound.contacts.page(listId, { limit: 5, offset: 0 })).map((one) => one.data.name)).toEqual(["Jane"]);
});
