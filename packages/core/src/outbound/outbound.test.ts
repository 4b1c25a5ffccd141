import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCall } from "../conversations/call/model.ts";
import { callbackOf, customerOf } from "../conversations/callback/model.ts";
import { isStaff } from "../conversations/model.ts";
import { mediaConversationEvent } from "../conversations/projection/flat.ts";
import { restConversation } from "../conversations/projection/generic.ts";
import { conversationEvent } from "../conversations/projection/generic-event.ts";
import { planMedia } from "../voice/media-plan.ts";
import { agentIn, by, type CampaignWorld, campaignWorld } from "./test-support/campaign-world.ts";

let at: CampaignWorld;

beforeAll(async () => {
	at = await campaignWorld();
});
afterAll(() => at.close());

const cell = "+4915123456710";
const home = "+493012345610";

test("OB-1 preview of 20 s: at 20 s the first number is called; Right party ends the contact, and the second is never dialled", async () => {
	const one = await at.story([{ name: "Doe, Jane", cell, home }]);
	await at.means(one.code, "Right_Party_Contact");
	await at.turn(one);
	const preview = await at.only(one);
	const shown = mediaConversationEvent(preview) as { participants: Array<{ purpose: string; dialerPreview?: object }> };
	expect(shown.participants.find((party) => party.purpose === "agent")).toMatchObject({
		state: "connected",
		callbackNumbers: [cell, home],
		dialerPreview: { campaignId: one.campaignId, contactListId: one.listId },
		timeoutSeconds: 20,
		skipEnabled: true,
	});
	expect(customerOf(preview).attributes).toMatchObject({ dialerCampaignId: one.campaignId });
	await at.later(19);
	expect(await at.attempts(one)).toEqual([]);
	await at.later(1.1);
	expect(await at.attempts(one)).toEqual([{ number: cell, result: null }]);
	for (const told of [conversationEvent(await at.now(preview)), restConversation(await at.now(preview))])
		expect(JSON.stringify(told), "who dialled").toContain('"inlayDialedBy":"timer"');
	await at.called(preview, "answers");
	await at.conversations.wrapup(preview.id, agentIn(preview).id, { code: one.code }, by(one.agent));
	await at.conversations.disconnect(preview.id, by(one.agent));
	expect(await at.attempts(one)).toEqual([{ number: cell, result: "talked" }]);
	expect(await at.stateOf(one, preview.internal.campaign?.contactId ?? "")).toEqual({
		state: "done",
		why: "rightParty",
	});
	await at.turn(one);
	await at.later(3_600);
	await at.turn(one);
	expect(await at.attempts(one)).toHaveLength(1);
	expect((await at.outbound.runsOf([one.campaignId])).get(one.campaignId)?.status).toBe("complete");
});

test("OB-2 a contact that was skipped came again in the same run; a campaign without skipping let it happen", async () => {
	const one = await at.story([
		{ name: "Jane", cell },
		{ name: "Joe", cell: "+4915123456711" },
	]);
	await at.turn(one);
	const first = await at.only(one);
	await at.conversations.patchParticipant(first.id, agentIn(first).id, { state: "disconnected" }, by(one.agent));
	expect(await at.stateOf(one, first.internal.campaign?.contactId ?? "")).toEqual({ state: "done", why: "skipped" });
	await at.turn(one);
	const second = await at.only(one);
	expect(customerOf(second).name).toBe("Joe");
	const strict = await at.story([{ name: "Jane", cell: "+4915123456712" }], { skipPreviewDisabled: true });
	await at.turn(strict);
	const kept = await at.only(strict);
	const skip = at.conversations.patchParticipant(
		kept.id,
		agentIn(kept).id,
		{ state: "disconnected" },
		by(strict.agent),
	);
	await expect(skip).rejects.toMatchObject({ status: 409, code: "outbound.skip.disabled" });
});

test("OB-5 a number that went onto the DNC list between preview and call was called", async () => {
	const list = await at.outbound.dncLists.create({ name: "Never", value: {} }, at.actor);
	const one = await at.story([{ name: "Jane", cell: "+4915123456713" }], { dncListIds: [list.id] });
	await at.turn(one);
	const preview = await at.only(one);
	await at.outbound.changeDnc(list.id, "Add", ["+4915123456713"], at.actor);
	const call = at.conversations.callbacks.call(preview.id, "+4915123456713", by(one.agent));
	await expect(call).rejects.toMatchObject({ status: 409, code: "outbound.dnc" });
	const contact = await at.outbound.contacts.find(
		at.outbound.db,
		one.listId,
		preview.internal.campaign?.contactId ?? "",
	);
	expect(contact?.numbers.cell?.lastResult).toBe("ININ-OUTBOUND-DNC-SKIPPED");
	await at.later(21);
	expect(await at.attempts(one)).toEqual([]);
	const gone = await at.now(preview);
	expect(gone.endTime).toBeDefined();
	const parts = gone.participants.filter(isStaff);
	expect(parts.map((one) => callbackOf(one).errorInfo?.code)).toEqual(["outbound.dnc"]);
});

test("OB-8 the second wrap-up of a call counted: a contact that was agreed to be called back became uncallable", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456714" }]);
	const { id: notInterested } = at.world.code(one.queueId, "Not interested");
	await at.means(notInterested, "Contact_UnCallable");
	await at.turn(one);
	const preview = await at.only(one);
	await at.conversations.callbacks.call(preview.id, "+4915123456714", by(one.agent));
	await at.called(preview, "answers");
	const { contactId = "" } = preview.internal.campaign ?? {};
	await at.conversations.wrapup(preview.id, agentIn(preview).id, { code: one.code }, by(one.agent));
	await at.conversations.wrapup(preview.id, agentIn(preview).id, { code: notInterested }, by(one.agent));
	await at.conversations.disconnect(preview.id, by(one.agent));
	expect((await at.outbound.contacts.find(at.outbound.db, one.listId, contactId))?.callable).toBe(true);
});

test("a mistaken Skip was the wrap-up that counted: what the agent said afterwards changed nothing of the contact", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456734" }], {}, { acw: { wrapupPrompt: "OPTIONAL" } });
	await at.means(one.code, "Contact_UnCallable");
	await at.turn(one);
	const preview = await at.only(one);
	await at.conversations.callbacks.call(preview.id, "+4915123456734", by(one.agent));
	await at.called(preview, "answers");
	await at.conversations.disconnect(preview.id, by(one.agent));
	const { contactId = "" } = preview.internal.campaign ?? {};
	const isCallable = async () => (await at.outbound.contacts.find(at.outbound.db, one.listId, contactId))?.callable;
	await at.conversations.patchParticipant(preview.id, agentIn(preview).id, { wrapupSkipped: true }, by(one.agent));
	expect(await isCallable()).toBe(true);
	await at.conversations.wrapup(preview.id, agentIn(preview).id, { code: one.code }, by(one.agent));
	expect(await isCallable()).toBe(false);
});

test("a preview whose agent went off queue, or whose panel was gone at the end of the countdown, counted as an attempt", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456715" }]);
	await at.turn(one);
	const preview = await at.only(one);
	await at.kernel.database.change((trx) => at.world.routingStatus.setOnQueue(trx, one.agent, false));
	await at.turn(one);
	expect((await at.now(preview)).endTime).toBeDefined();
	await at.kernel.database.change((trx) => at.world.routingStatus.setOnQueue(trx, one.agent, true));
	await at.turn(one);
	const again = await at.only(one);
	at.world.phones.signOut(one.agent);
	await at.later(21);
	expect((await at.now(again)).endTime).toBeDefined();
	expect(await at.attempts(one)).toEqual([]);
	at.world.phones.signIn(one.agent);
	await at.turn(one);
	expect((await at.taken(one)).length).toBe(1);
});

test("a number that was busy was not called again when its time came, or before", async () => {
	const limits = { recallEntries: { busy: { nbrAttempts: 3, minutesBetweenAttempts: 5 } } };
	const one = await at.story([{ name: "Jane", cell: "+4915123456716" }], {}, { limits });
	await at.turn(one);
	const preview = await at.only(one);
	await at.conversations.callbacks.call(preview.id, "+4915123456716", by(one.agent));
	await at.called(preview, "busy");
	await at.conversations.disconnect(preview.id, by(one.agent));
	expect(await at.attempts(one)).toEqual([{ number: "+4915123456716", result: "busy" }]);
	await at.turn(one);
	expect(await at.taken(one)).toEqual([]);
	await at.later(301);
	await at.turn(one);
	expect(await at.taken(one)).toHaveLength(1);
});

test("calls before a campaign's first answer counted as none: of two calls, one of them answered, all were", async () => {
	const one = await at.story(
		[20, 21].map((n) => ({ name: `N${n}`, cell: `+491512345${n}11` })),
		{
			dialingMode: "progressive",
		},
	);
	await at.turn(one);
	const busy = await at.only(one);
	await at.conversations.calls.partyLeft(busy.id, busy.participants[0]?.id ?? "", "client", "busy");
	await at.turn(one);
	const call = await at.only(one);
	await at.conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	await at.assignment.assign([one.queueId]);
	await at.conversations.calls.mediaConnected(call.id, agentIn(await at.now(call)).id);
	expect(await at.outbound.runs.history(at.outbound.db, one.campaignId)).toEqual({
		...{ answers: 1, abandoned: 0, attempts: 2 },
	});
});

test("progressive: one call for each idle agent; who answers is with the agent, and the next contact comes after the wrap-up", async () => {
	const contacts = [20, 21, 22].map((n) => ({ name: `N${n}`, cell: `+49151234567${n}` }));
	const one = await at.story(contacts, { dialingMode: "progressive" });
	await at.turn(one);
	await at.turn(one);
	const call = await at.only(one);
	expect(call.participants.map(({ purpose, dnis }) => [purpose, dnis])).toEqual([["customer", contacts[0]?.cell]]);
	await at.conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	await at.assignment.assign([one.queueId]);
	await at.conversations.calls.mediaConnected(call.id, agentIn(await at.now(call)).id);
	await at.later(3);
	expect((await at.now(call)).endTime).toBeUndefined();
	await at.turn(one);
	expect(await at.taken(one)).toHaveLength(1);
	const history = () => at.outbound.runs.history(at.outbound.db, one.campaignId);
	const talked = { answers: 1, abandoned: 0, attempts: 1 };
	expect(await history(), "an answer counted only once the talk was over, one that met nobody at once").toEqual(talked);
	await at.conversations.disconnect(call.id, by(one.agent));
	await at.conversations.wrapup(call.id, agentIn(await at.now(call)).id, { code: one.code }, by(one.agent));
	expect(await at.attempts(one)).toEqual([{ number: contacts[0]?.cell, result: "talked" }]);
	expect(await history()).toEqual(talked);
	await at.turn(one);
	expect((await at.only(one)).address).toBe(contacts[1]?.cell);
});

test("somebody answered and met nobody: after two seconds they are let go, and it counts as abandoned", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456730" }], {
		dialingMode: "progressive",
		abandonMessage: "",
	});
	await at.turn(one);
	const call = await at.only(one);
	await at.kernel.database.change((trx) => at.world.routingStatus.setOnQueue(trx, one.agent, false));
	await at.conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	await at.later(1.5);
	expect((await at.now(call)).endTime).toBeUndefined();
	await at.later(1);
	expect((await at.now(call)).endTime).toBeDefined();
	expect(await at.outbound.runs.history(at.outbound.db, one.campaignId)).toEqual({
		answers: 1,
		abandoned: 1,
		attempts: 1,
	});
});

test("who has answered and met nobody was let go without a word; nobody is given them while they are told", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456739" }], { dialingMode: "progressive" });
	await at.turn(one);
	const call = await at.only(one);
	await at.kernel.database.change((trx) => at.world.routingStatus.setOnQueue(trx, one.agent, false));
	await at.conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	await at.later(2.1);
	const told = await at.now(call);
	expect(told.endTime).toBeUndefined();
	const text = "This is Inlay. We are sorry, nobody is free to talk to you now. Goodbye.";
	const customer = planMedia(told).parties.get(call.participants[0]?.id ?? "");
	expect(customer).toMatchObject({ wish: "media", mode: { filler: `say:${text}` } });
	await at.kernel.database.change((trx) => at.world.routingStatus.setOnQueue(trx, one.agent, true));
	await at.turn(one);
	expect((await at.now(call)).participants.some(isStaff)).toBe(false);
	await at.later(15);
	expect((await at.now(call)).endTime).toBeDefined();
	expect(await at.attempts(one)).toEqual([{ number: "+4915123456739", result: "abandoned" }]);
});

test("a number that rang when the server was killed rang again when it came back", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456731" }], { dialingMode: "progressive" });
	await at.turn(one);
	const call = await at.only(one);
	await at.dialer.recover();
	expect((await at.now(call)).endTime).toBeDefined();
	await at.turn(one);
	expect(await at.taken(one)).toEqual([]);
	expect(await at.attempts(one)).toEqual([{ number: "+4915123456731", result: "interrupted" }]);
	const preview = await at.story([{ name: "Jane", cell: "+4915123456732" }]);
	await at.turn(preview);
	const looked = await at.only(preview);
	await at.conversations.callbacks.call(looked.id, "+4915123456732", by(preview.agent));
	expect(JSON.stringify(await at.now(looked)), "the agent has called").not.toContain("inlayDialedBy");
	await at.conversations.calls.mediaConnected(looked.id, agentIn(looked).id);
	await at.dialer.recover();
	const agent = (await at.now(looked)).participants.find(isStaff);
	expect(agent && findCall(agent)?.state).toBe("disconnected");
	expect(agent && callbackOf(agent).state).toBe("connected");
});

test("two looks at once took the same contact", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456740" }], { dialingMode: "progressive" });
	await Promise.all([at.dialer.lookNow(), at.dialer.lookNow(), at.dialer.lookNow()]);
	expect(await at.attempts(one)).toHaveLength(1);
});

test("a campaign that is stopped let new contacts out, and took back who was looked at", async () => {
	const one = await at.story([
		{ name: "Jane", cell: "+4915123456741" },
		{ name: "Joe", cell: "+4915123456742" },
	]);
	await at.turn(one);
	const preview = await at.only(one);
	const campaign = await at.outbound.campaigns.require(one.campaignId);
	expect((await at.outbound.setStatus(campaign, "off", at.actor)).status).toBe("stopping");
	await at.turn(one);
	expect((await at.now(preview)).endTime).toBeUndefined();
	await at.conversations.patchParticipant(preview.id, agentIn(preview).id, { state: "disconnected" }, by(one.agent));
	await at.turn(one);
	expect((await at.outbound.runsOf([one.campaignId])).get(one.campaignId)?.status).toBe("off");
});

test("OB-7 an upload of 20,000 rows: one bad number is listed, the rest is there, and a second file replaces them", async () => {
	const { listId } = await at.story([]);
	const row = (n: number) => `Name ${n},${n === 15 ? "12x" : `+4915${String(200_000_000 + n)}`},,\n`;
	const file = function* () {
		yield "name,cell,home,zone\n";
		for (let n = 0; n < 20_000; n += 100) yield Array.from({ length: 100 }, (_, i) => row(n + i)).join("");
	};
	const read = (rows: Iterable<string>, mode: "append" | "replace") =>
		at.outbound.imports.begin(
			listId,
			Readable.from([...rows].map((text) => Buffer.from(text))),
			{ mode, encoding: "utf-8" },
			at.actor,
		);
	await read(file(), "append");
	await at.kernel.jobs.runDue();
	const { value } = await at.outbound.lists.require(listId);
	expect(value.importStatus).toMatchObject({
		state: "COMPLETE",
		totalRecords: 20_000,
		completedRecords: 19_999,
		inlayErrors: [{ row: 17, field: "cell", code: "number.invalid", value: "12x" }],
	});
	expect(await at.outbound.contacts.count(listId)).toBe(19_999);
	await expect(read(["name,cell,home,zone\n", '1,"+49\n'], "replace")).rejects.toMatchObject({ code: "csv.quotes" });
	expect(await at.outbound.contacts.count(listId)).toBe(19_999);
	await read(["name,cell,home,zone\n", "Jane,+4915123456710,,\n"], "replace");
	await at.kernel.jobs.runDue();
	expect((await at.outbound.contacts.page(listId, { limit: 5, offset: 0 })).map((one) => one.data.name)).toEqual([
		"Jane",
	]);
});

test("a list that was saved as it had been read let a second file in beside the first", async () => {
	const { listId } = await at.story([]);
	const before = await at.outbound.lists.require(listId);
	const rows = Array.from({ length: 400 }, (_, row) => `Jane,+49151234${20_000 + row},,\n`);
	const wish = { mode: "append", encoding: "utf-8" } as const;
	const file = () => Readable.from(["name,cell,home,zone\n", ...rows]);
	await at.outbound.imports.begin(listId, file(), wish, at.actor);
	const stateNow = async () => at.outbound.imports.statusOf(await at.outbound.lists.require(listId))?.state;
	expect(await stateNow()).toBe("IN_PROGRESS");
	await at.outbound.lists.change(listId, { name: before.name, value: before.value }, at.actor);
	expect(await stateNow()).toBe("IN_PROGRESS");
	await expect(at.outbound.imports.begin(listId, file(), wish, at.actor)).rejects.toMatchObject({
		code: "outbound.import.running",
	});
	await at.kernel.jobs.runDue();
	expect(await stateNow()).toBe("COMPLETE");
	expect(await at.outbound.contacts.count(listId)).toBe(400);
});

test("a file that was being read was not seen to be after a reload, and a second one was read into it", async () => {
	const { listId } = await at.story([]);
	const sent = Promise.withResolvers<void>();
	const file = async function* () {
		yield Buffer.from("name,cell,home,zone\nJane,+4915123456710,,\n");
		await sent.promise;
	};
	const wish = { mode: "append", encoding: "utf-8" } as const;
	const first = at.outbound.imports.begin(listId, Readable.from(file()), wish, at.actor);
	const list = await at.outbound.lists.require(listId);
	await expect.poll(() => at.outbound.imports.statusOf(list)?.state).toBe("IN_PROGRESS");
	const second = at.outbound.imports.begin(listId, Readable.from([]), wish, at.actor);
	await expect(second).rejects.toMatchObject({ code: "outbound.import.running" });
	sent.resolve();
	await first;
	await at.kernel.jobs.runDue();
	expect(at.outbound.imports.statusOf(await at.outbound.lists.require(listId))?.completedRecords).toBe(1);
});
