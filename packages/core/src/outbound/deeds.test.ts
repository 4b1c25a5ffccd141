import { afterAll, beforeAll, expect, test } from "vitest";
import type { Referrer } from "../kernel/database/references.ts";
import type { Principal } from "../kernel/principal.ts";
import { contactRoutes } from "./contact-routes.ts";
import { dncRoutes } from "./dnc-routes.ts";
import { previewRoutes } from "./preview-routes.ts";
import { agentIn, by, type CampaignWorld, campaignWorld } from "./test-support/campaign-world.ts";
import { campaignView } from "./views.ts";

let at: CampaignWorld;
let showingScript: Referrer;

beforeAll(async () => {
	at = await campaignWorld({
		scripts: {
			hold: async (_trx, ids) => new Set(ids.filter((id) => id === "intake")),
			onRemove: (referrer) => {
				showingScript = referrer;
			},
		},
	});
});
afterAll(() => at.close());

interface Who {
	userId: string;
	permissions: string[];
}

/** What an operation answers somebody with these permissions. */
async function asked(operationId: string, params: object, who: Who, body?: object) {
	const directory = { homeDivisionId: async () => "home", divisions: {} } as never;
	const { outbound, deeds, conversations } = at;
	const routes = [
		...previewRoutes(outbound, deeds, conversations),
		...contactRoutes(outbound, directory),
		...dncRoutes(outbound, deeds, conversations),
	];
	const found = routes.find((one) => one.operationId === operationId);
	const grants = who.permissions.map((permission) => ({ divisions: "all", permission }));
	const principal = { userId: who.userId, grants } as unknown as Principal;
	return found?.handler({ params, principal, body } as never) as Promise<Record<string, unknown>>;
}

test("OB-9 without outbound:contact:view the preview came with the contact's data, and the contact itself could be read", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456780" }]);
	await at.turn(one);
	const preview = await at.only(one);
	const params = { conversationId: preview.id };
	const seen = await asked("getInlayOutboundInteraction", params, { userId: one.agent, permissions: [] });
	expect(seen).toMatchObject({ numbers: [{ number: "+4915123456780" }], attempts: [], actions: [] });
	expect(seen).not.toHaveProperty("columns");
	const may = { userId: one.agent, permissions: ["outbound:contact:view", "outbound:contact:edit"] };
	const more = await asked("getInlayOutboundInteraction", params, may);
	expect(more).toMatchObject({ columns: [{ name: "name", value: "Jane" }, { name: "cell" }], actions: ["remove"] });
	const contact = { contactListId: one.listId, contactId: preview.internal.campaign?.contactId };
	const read = asked("getOutboundContactlistContact", contact, { userId: one.agent, permissions: [] });
	await expect(read).rejects.toMatchObject({ status: 403 });
	await at.conversations.patchParticipant(preview.id, agentIn(preview).id, { state: "disconnected" }, by(one.agent));
});

test("an agent corrects the contact of their campaign call: what they changed stands in the list, and what was known of a number stays", async () => {
	const cell = "+4915123456795";
	const one = await at.story([
		{ name: "Jane", cell },
		{ name: "Joe", cell: "+4915123456796" },
	]);
	await at.turn(one);
	const preview = await at.only(one);
	const who = { userId: one.agent, permissions: ["outbound:contact:view", "outbound:contact:edit"] };
	const params = { conversationId: preview.id };
	const before = await asked("getInlayOutboundInteractionContact", params, who);
	expect(before).toMatchObject({ mayEdit: true, columns: expect.arrayContaining([{ name: "home", value: "" }]) });
	const change = (columns: object, by: Who = who) =>
		asked("patchInlayOutboundInteractionContact", params, by, { columns });
	const known = await at.contactOf(one, preview);
	expect(await change({ name: "Jane Doe", home: "030 12345698" })).toMatchObject({
		columns: expect.arrayContaining([
			{ name: "name", value: "Jane Doe" },
			{ name: "cell", value: cell },
			{ name: "home", value: "030 12345698" },
		]),
	});
	const after = await at.contactOf(one, preview);
	expect(after?.numbers).toEqual({ ...known?.numbers, home: { number: "+493012345698", callable: true } });
	await expect(change({ home: "nobody" })).rejects.toMatchObject({
		...{ status: 400, code: "number.invalid" },
		message: "home must be a phone number that can be called, such as +31731234567.",
		options: { params: { column: "home" }, details: [{ fieldName: "columns.home" }] },
	});
	await expect(change({ size: "L" })).rejects.toMatchObject({ status: 400 });
	await expect(change({ name: "x" }, { ...who, permissions: ["outbound:contact:view"] })).rejects.toMatchObject({
		status: 403,
	});
	await expect(change({ name: "x" }, { ...who, userId: "stranger" })).rejects.toMatchObject({ status: 404 });
	expect((await at.contactOf(one, preview))?.data).toMatchObject({ name: "Jane Doe", home: "030 12345698" });
	await at.conversations.patchParticipant(preview.id, agentIn(preview).id, { state: "disconnected" }, by(one.agent));
});

test("a number that its agent had put onto the DNC list stayed before them, to be skipped where skipping is not allowed", async () => {
	const list = await at.outbound.dncLists.create({ name: "Never", value: {} }, at.actor);
	const rules = { dncListIds: [list.id], skipPreviewDisabled: true };
	const one = await at.story([{ name: "Jane", cell: "+4915123456781", home: "+493012345681" }], rules);
	await at.turn(one);
	const preview = await at.only(one);
	await at.deeds.doNotCall(preview, at.actor);
	expect((await at.now(preview)).endTime, "another number is left").toBeUndefined();
	await at.outbound.changeDnc(list.id, "Add", ["+493012345681"], at.actor);
	await at.deeds.doNotCall(preview, at.actor);
	expect((await at.now(preview)).endTime).toBeDefined();
	expect(await at.stateOf(one, preview.internal.campaign?.contactId ?? "")).toEqual({ state: "done", why: "dnc" });
});

test("SC-8: the number of a campaign call goes onto the DNC list in mid-talk, and a later attempt passes it over", async () => {
	const list = await at.outbound.dncLists.create({ name: "Asked for it", value: {} }, at.actor);
	const jane = { name: "Jane", cell: "+4915123456788" };
	const one = await at.story([jane], { dncListIds: [list.id] });
	await at.turn(one);
	const preview = await at.only(one);
	await at.conversations.callbacks.call(preview.id, jane.cell, by(one.agent));
	await at.called(preview, "answers");
	const press = (...permissions: string[]) =>
		asked("postOutboundConversationDnc", { conversationId: preview.id }, { userId: one.agent, permissions });
	await expect(press()).rejects.toMatchObject({ status: 403 });
	expect(await at.outbound.dnc.count(list.id)).toBe(0);
	await press("outbound:dnc:add");
	const all = { limit: 10, offset: 0 };
	expect(await at.outbound.dnc.page(list.id, all)).toMatchObject([{ number: jane.cell }]);
	expect((await at.now(preview)).endTime, "the talk goes on").toBeUndefined();
	await at.conversations.disconnect(preview.id, { may: () => true });
	const later = await at.story([jane, { name: "Joe", cell: "+4915123456787" }], { dncListIds: [list.id] });
	await at.turn(later);
	const next = await at.only(later);
	expect(next.internal.campaign?.numbers.map(({ number }) => number)).toEqual(["+4915123456787"]);
	const [skipped] = await at.outbound.contacts.page(later.listId, all, "6788");
	expect(await at.stateOf(later, skipped?.id ?? "")).toEqual({ state: "done", why: "dnc" });
	expect(await at.attempts(later)).toEqual([]);
});

test("a contact that was taken out of the campaign was called again, or its talk was cut off", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456783" }]);
	await at.turn(one);
	const preview = await at.only(one);
	await at.conversations.callbacks.call(preview.id, "+4915123456783", by(one.agent));
	await at.called(preview, "answers");
	await at.deeds.remove(await at.now(preview), at.actor);
	expect((await at.now(preview)).endTime).toBeUndefined();
	expect((await at.contactOf(one, preview))?.callable).toBe(false);
	const other = await at.story([{ name: "Joe", cell: "+4915123456784" }]);
	await at.turn(other);
	const looked = await at.only(other);
	await at.deeds.remove(looked, at.actor);
	expect((await at.now(looked)).endTime).toBeDefined();
	await at.turn(other);
	expect(await at.taken(other)).toEqual([]);
});

test("two campaigns of one queue each called somebody for its only agent: the more important one goes first", async () => {
	const first = await at.story([{ name: "Jane", cell: "+4915123456785" }], { dialingMode: "progressive" });
	const second = await at.story(
		[{ name: "Joe", cell: "+4915123456786" }],
		{ dialingMode: "progressive", priority: 1 },
		{ at: first },
	);
	await at.turn(first);
	await at.turn(first);
	expect([await at.taken(first), await at.taken(second)].map((one) => one.length)).toEqual([0, 1]);
});

test("a contact who asks to be deleted, and a wrong number on a DNC list, could neither be found nor taken out", async () => {
	const one = await at.story([
		{ name: "Jane", cell: "+4915123456790" },
		{ name: "Joe", cell: "+4915123456791" },
	]);
	const list = await at.outbound.lists.require(one.listId);
	const all = { limit: 10, offset: 0 };
	const names = async (search?: string) =>
		(await at.outbound.contacts.page(one.listId, all, search)).map((contact) => contact.data.name);
	expect([await names("0151 2345-6791"), await names("nobody"), await names("")]).toEqual([
		["Joe"],
		[],
		["Jane", "Joe"],
	]);
	const [joe] = await at.outbound.contacts.page(one.listId, all, "6791");
	await at.outbound.removeContact(list, joe?.id ?? "", at.actor);
	expect([await names(), await at.outbound.contacts.count(one.listId, "6791")]).toEqual([["Jane"], 0]);
	await expect(at.outbound.removeContact(list, joe?.id ?? "", at.actor)).rejects.toMatchObject({ status: 404 });
	const never = await at.outbound.dncLists.create({ name: "Wrongly", value: {} }, at.actor);
	await at.outbound.changeDnc(never.id, "Add", ["+4915123456792", "+493012345"], at.actor);
	expect(await at.outbound.dnc.page(never.id, all, "0151 234")).toMatchObject([{ number: "+4915123456792" }]);
	expect(await at.outbound.dnc.count(never.id, "Jane")).toBe(0);
});

test("a campaign had no script of its own: it names one that stands, which does not go while it does", async () => {
	const jane = [{ name: "Jane", cell: "+4915123456799" }];
	const one = await at.story(jane, { scriptId: "intake" });
	const [other] = await Promise.allSettled([at.story(jane, { scriptId: "gone" })]);
	expect(other).toMatchObject({ status: "rejected", reason: { options: { details: [{ fieldName: "script" }] } } });
	const campaign = await at.outbound.campaigns.require(one.campaignId);
	expect(campaignView(campaign)).toMatchObject({ script: { id: "intake" } });
	expect(await at.kernel.database.change((trx) => showingScript(trx, "intake"))).toMatchObject([
		{ what: `the campaign ${campaign.name}`, seenBy: { divisionId: campaign.divisionId } },
	]);
});
