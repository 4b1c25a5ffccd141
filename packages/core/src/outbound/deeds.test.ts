import { afterAll, beforeAll, expect, test } from "vitest";
import type { Principal } from "../kernel/principal.ts";
import { contactRoutes } from "./contact-routes.ts";
import { previewRoutes } from "./preview-routes.ts";
import { agentIn, by, type CampaignWorld, campaignWorld } from "./test-support/campaign-world.ts";

let at: CampaignWorld;

beforeAll(async () => {
	at = await campaignWorld();
});
afterAll(() => at.close());

/** What an operation answers somebody with these permissions. */
async function asked(operationId: string, params: object, who: { userId: string; permissions: string[] }) {
	const directory = { homeDivisionId: async () => "home", divisions: {} } as never;
	const routes = [...previewRoutes(at.outbound, at.deeds, at.conversations), ...contactRoutes(at.outbound, directory)];
	const found = routes.find((one) => one.operationId === operationId);
	const grants = who.permissions.map((permission) => ({ divisions: "all", permission }));
	const principal = { userId: who.userId, grants } as unknown as Principal;
	return found?.handler({ params, principal } as never) as Promise<Record<string, unknown>>;
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
