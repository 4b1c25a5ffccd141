import { afterAll, beforeAll, expect, test } from "vitest";
import { customerOf } from "../conversations/callback/model.ts";
import type { Conversation } from "../conversations/model.ts";
import type { CampaignValue } from "./model.ts";
import { ruleSetOf } from "./rule-set-body.ts";
import { agentIn, by, type CampaignWorld, campaignWorld, type Story } from "./test-support/campaign-world.ts";

let at: CampaignWorld;

beforeAll(async () => {
	at = await campaignWorld();
});
afterAll(() => at.close());

let made = 0;

/** A set of rules, as it is sent. */
async function rules(...sent: object[]): Promise<string> {
	made += 1;
	const body = { name: `Rules ${made}`, rules: sent.map((one, order) => ({ name: "One", order, ...one })) };
	return (await at.outbound.ruleSets.create(ruleSetOf(body as never, "DE"), at.actor)).id;
}

const before = (conditions: object[], ...actions: object[]) => ({ category: "DIALER_PRECALL", conditions, actions });
const after = (conditions: object[], ...actions: object[]) => ({ category: "DIALER_WRAPUP", conditions, actions });
const action = (actionTypeName: string, properties?: object) => ({ type: "Action", actionTypeName, properties });
const modify = (updateOption: string, properties: object) => ({
	...{ type: "modifyContactAttribute", actionTypeName: "MODIFY_CONTACT_ATTRIBUTE", updateOption, properties },
});
const isColumn = (attributeName: string, value: string) => ({
	...{ type: "contactAttributeCondition", attributeName, value, operator: "EQUALS", valueType: "STRING" },
});
const isType = (value: string) => ({ type: "phoneNumberTypeCondition", value });

let last = 5_600_000;
function number(): string {
	last += 1;
	return `+491512${last}`;
}

/** As somebody saves the campaign, or the rules, with these changes. */
async function changed({ campaignId }: Story, changes: Partial<CampaignValue>): Promise<void> {
	const { name, value } = await at.outbound.campaigns.require(campaignId);
	await at.outbound.campaigns.change(campaignId, { name, value: { ...value, ...changes } }, at.actor);
}
async function rewritten(id: string, body: object): Promise<void> {
	const { name } = await at.outbound.ruleSets.require(id);
	await at.outbound.ruleSets.change(id, ruleSetOf({ name, rules: [], ...body } as never, "DE"), at.actor);
}

async function talked(one: Story, preview: Conversation, code: string): Promise<void> {
	const { number: dialled = "" } = preview.internal.campaign?.numbers[0] ?? {};
	await at.conversations.callbacks.call(preview.id, dialled, by(one.agent));
	await at.called(preview, "answers");
	await at.conversations.wrapup(preview.id, agentIn(preview).id, { code }, by(one.agent));
	await at.conversations.disconnect(preview.id, by(one.agent));
}

test("a rule before the call skips whom it names, leaves a contact with the number that it chose, and shows the caller that it says", async () => {
	const [joe, cell, home] = [number(), number(), number()];
	const ruleSetIds = [
		await rules(
			before([isColumn("name", "Joe")], action("DO_NOT_DIAL")),
			before([isType("cell")], action("DO_NOT_DIAL")),
			before([], action("SET_CALLER_ID", { callerAddress: "+493055501", callerName: "contact.name" })),
		),
	];
	const one = await at.story(
		[
			{ name: "Joe", cell: joe },
			{ name: "Jane", cell, home },
		],
		{ ruleSetIds },
	);
	await at.turn(one);
	const preview = await at.only(one);
	expect(preview.internal.campaign?.numbers.map((each) => each.number)).toEqual([home]);
	expect(customerOf(preview).callbacks?.[0]).toMatchObject({ callerId: "+493055501", callerIdName: "Jane" });
	const [first] = await at.outbound.contacts.page(one.listId, { limit: 1, offset: 0 });
	expect(await at.stateOf(one, first?.id ?? "")).toEqual({ state: "done", why: "ruled" });
});

test("a rule that counts calls in a column let the contact be called once more than it says", async () => {
	const ruleSetIds = [
		await rules(before([isColumn("zone", "2")], action("DO_NOT_DIAL")), before([], modify("INCREMENT", { zone: "1" }))),
	];
	const one = await at.story([{ name: "Jane", cell: number(), zone: "" }], { ruleSetIds });
	for (const counted of ["1", "2"]) {
		await at.turn(one);
		const preview = await at.only(one);
		expect((await at.contactOf(one, preview))?.data.zone).toBe(counted);
		// It is dialled, whatever the column says by now: rules were asked when it was offered.
		await talked(one, preview, one.code);
		const campaign = await at.outbound.campaigns.require(one.campaignId);
		await at.turn(one);
		// As long as a number is not dialled again.
		await at.later(3_700);
		await at.outbound.setStatus(campaign, "on", at.actor);
	}
	await at.turn(one);
	expect(await at.taken(one)).toEqual([]);
});

test("a contact of a campaign that dials by itself is shown to an agent first, where a rule says so", async () => {
	const ruleSetIds = [await rules(before([isColumn("name", "Jane")], action("SWITCH_TO_PREVIEW")))];
	const one = await at.story([{ name: "Jane", cell: number() }], { ruleSetIds, dialingMode: "progressive" });
	await at.turn(one);
	const preview = await at.only(one);
	expect(preview.internal.campaign?.mode).toBe("preview");
	expect(await at.attempts(one)).toEqual([]);
});

test("what an agent's wrap-up says, rules do: a column, another list, the DNC list, and a call at another time", async () => {
	const dnc = await at.outbound.dncLists.create({ name: "Rules say no", value: {} }, at.actor);
	const other = await at.outbound.lists.create(
		{
			name: "Won",
			value: { columnNames: ["name", "phone", "cell"], phoneColumns: [{ columnName: "cell", type: "cell" }] },
		},
		at.actor,
	);
	const one = await at.story([]);
	const later = at.world.code(one.queueId, "Later");
	const ruleSetIds = [
		await rules(
			after(
				[{ type: "wrapupCondition", codes: [one.code] }],
				modify("SET", { zone: "Europe/Paris" }),
				action("INLAY_APPEND_TO_LIST", { contactListId: other.id }),
				action("APPEND_NUMBER_TO_DNC_LIST"),
			),
			after([{ type: "wrapupCondition", codes: [later.id] }], action("SCHEDULE_CALLBACK", { callbackOffset: "90" })),
		),
	];
	const [cell, again] = [number(), number()];
	const two = await at.story(
		[
			{ name: "Jane", cell },
			{ name: "Joe", cell: again },
		],
		{ ruleSetIds, dncListIds: [dnc.id] },
		{ at: one },
	);
	await at.turn(two);
	const jane = await at.only(two);
	await talked(two, jane, one.code);
	expect((await at.contactOf(two, jane))?.data.zone).toBe("Europe/Paris");
	expect(await at.outbound.dnc.among(at.outbound.db, [dnc.id], [cell])).toEqual(new Set([cell]));
	const [copied] = await at.outbound.contacts.page(other.id, { limit: 5, offset: 0 });
	expect(copied).toMatchObject({ data: { name: "Jane", cell }, numbers: { cell: { number: cell, callable: true } } });
	await at.turn(two);
	const joe = await at.only(two);
	await talked(two, joe, later.id);
	await at.turn(two);
	expect(await at.taken(two)).toEqual([]);
	await at.later(89 * 60);
	await at.turn(two);
	expect(await at.taken(two)).toEqual([]);
	await at.later(61);
	await at.turn(two);
	expect(customerOf(await at.only(two)).name).toBe("Joe");
});

test("what the system says of a call, rules do: a number that was busy is not called any more", async () => {
	const ruleSetIds = [
		await rules(
			after([{ type: "systemDispositionCondition", codes: ["ININ-OUTBOUND-BUSY"] }], action("NUMBER_UNCALLABLE")),
		),
	];
	const limits = { recallEntries: { busy: { nbrAttempts: 3, minutesBetweenAttempts: 5 } } };
	const cell = number();
	const one = await at.story([{ name: "Jane", cell }], { ruleSetIds }, { limits });
	await at.turn(one);
	const preview = await at.only(one);
	await at.conversations.callbacks.call(preview.id, cell, by(one.agent));
	await at.called(preview, "busy");
	await at.conversations.disconnect(preview.id, by(one.agent));
	expect((await at.contactOf(one, preview))?.numbers.cell?.callable).toBe(false);
	await at.later(400);
	await at.turn(one);
	expect(await at.taken(one)).toEqual([]);
});

test("a rule set whose columns the campaign's list does not have, or that a campaign uses, was taken, or deleted", async () => {
	const id = await rules(before([isColumn("colour", "red")], action("DO_NOT_DIAL")));
	await expect(at.story([], { ruleSetIds: [id] })).rejects.toMatchObject({ status: 400, message: /colour/ });
	const writes = await rules(before([], modify("SET", { cell: "1" })));
	await expect(at.story([], { ruleSetIds: [writes] })).rejects.toMatchObject({ status: 400, message: /cell/ });
	const used = await rules(before([], action("DO_NOT_DIAL")));
	await at.story([], { ruleSetIds: [used] });
	await expect(at.outbound.ruleSets.remove(used, at.actor, "server")).rejects.toMatchObject({ status: 409 });
});

test("rules that put contacts onto the list that is called, by themselves or in a circle, called the same person without end", async () => {
	const one = await at.story([{ name: "Jane", cell: number() }]);
	const two = await at.story([], {}, { at: one });
	const onto = ({ listId }: Story) => after([], action("INLAY_APPEND_TO_LIST", { contactListId: listId }));
	const name = /onto the contact list Contacts/;
	const own = await rules(onto(one));
	await expect(changed(one, { ruleSetIds: [own] })).rejects.toMatchObject({ status: 400, message: name });
	const other = await rules(onto(two));
	await changed(one, { ruleSetIds: [other] });
	await expect(rewritten(other, { rules: [{ name: "One", ...onto(one) }] })).rejects.toMatchObject({ message: name });
	const bound = { name: "Its own", contactList: { id: one.listId }, rules: [{ name: "One", ...onto(one) }] };
	await expect(at.outbound.ruleSets.create(ruleSetOf(bound as never, "DE"), at.actor)).rejects.toThrow(name);
	await changed(two, { ruleSetIds: [own] });
	await at.turn(one);
	await talked(one, await at.only(one), one.code);
	expect(await at.outbound.contacts.count(two.listId)).toBe(1);
	await at.later(3_700);
	const again = await at.outbound.campaigns.require(two.campaignId);
	await at.outbound.setStatus(again, "on", at.actor);
	await at.turn(two);
	await talked(two, await at.only(two), one.code);
	expect(await at.outbound.contacts.count(one.listId)).toBe(1);
});

test("rules that campaigns have were saved with columns, or a list, that are none of theirs", async () => {
	const id = await rules(before([], modify("SET", { zone: "1" })));
	const one = await at.story([], { ruleSetIds: [id] });
	const other = await at.story([]);
	const written = (column: string) => ({ rules: [{ name: "One", ...before([], modify("SET", { [column]: "1" })) }] });
	await expect(rewritten(id, written("colour"))).rejects.toMatchObject({ status: 400, message: /colour/ });
	await expect(rewritten(id, written("cell"))).rejects.toMatchObject({ status: 400, message: /writes cell/ });
	const elsewhere = rewritten(id, { contactList: { id: other.listId } });
	await expect(elsewhere).rejects.toMatchObject({ status: 400, message: /is not the one that the campaign/ });
	await rewritten(id, { ...written("name"), contactList: { id: one.listId } });
	const { name, value } = await at.outbound.lists.require(one.listId);
	const keyed = at.outbound.lists.change(one.listId, { name, value: { ...value, keyColumn: "name" } }, at.actor);
	await expect(keyed).rejects.toMatchObject({ status: 400, message: /The rule set .* writes name/ });
});

test("a call again at another time was one at another number of the contact", async () => {
	const one = await at.story([]);
	const ruleSetIds = [
		await rules(
			after([{ type: "wrapupCondition", codes: [one.code] }], action("SCHEDULE_CALLBACK", { callbackOffset: "90" })),
		),
	];
	const [cell, home] = [number(), number()];
	const two = await at.story([{ name: "Jane", cell, home }], { ruleSetIds }, { at: one });
	await at.turn(two);
	const preview = await at.only(two);
	await talked(two, preview, one.code);
	expect(await at.attempts(two)).toMatchObject([{ number: cell }]);
	await at.later(90 * 60 + 1);
	await at.turn(two);
	expect((await at.only(two)).internal.campaign?.numbers.map((each) => each.number)).toEqual([cell, home]);
});

test("a contact that was deleted while rules were asked of it was said to be passed over by them", async () => {
	const one = await at.story([{ name: "Jane", cell: number() }], { ruleSetIds: [await rules()] });
	const [contact] = await at.outbound.contacts.page(one.listId, { limit: 1, offset: 0 });
	const { lock } = at.outbound.contacts;
	// As when somebody deletes it between the look and the rules.
	at.outbound.contacts.lock = async () => undefined;
	try {
		await at.turn(one);
	} finally {
		at.outbound.contacts.lock = lock;
	}
	expect(await at.stateOf(one, contact?.id ?? "")).toEqual({ state: "done", why: "notCallable" });
});

test("two rules of one set had one id, and 1 was a time", () => {
	const read = (...sent: object[]) => {
		try {
			return ruleSetOf({ name: "Rules", rules: sent.map((one) => ({ name: "One", ...one })) } as never, "DE");
		} catch (error) {
			return error;
		}
	};
	const refused = (fieldName: string) => ({ status: 400, options: { details: [{ fieldName }] } });
	const twin = { id: "same", ...before([], action("DO_NOT_DIAL")) };
	expect(read(twin, twin)).toMatchObject(refused("rules[1].id"));
	const by = (value: string) => {
		const asked = {
			type: "contactAttributeCondition",
			attributeName: "name",
			operator: "LESS_THAN",
			valueType: "DATETIME",
		};
		return read(before([{ ...asked, value }], action("DO_NOT_DIAL")));
	};
	expect(by("1")).toMatchObject(refused("rules[0].conditions[0].value"));
	expect(by("2026-11-28T09:00:00Z")).toMatchObject({ name: "Rules" });
	expect(by("2026-11-28")).toMatchObject({ name: "Rules" });
});
