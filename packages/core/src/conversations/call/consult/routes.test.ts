import { afterAll, beforeAll, expect, test } from "vitest";
import { departures } from "../../../test-support/platform-shape.ts";
import { seesEverything } from "../../../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../../../test-support/test-api.ts";
import { mediaConversationEvent, restMediaConversation } from "../../projection/flat.ts";
import { restConversation } from "../../projection/generic.ts";
import { conversationEvent } from "../../projection/generic-event.ts";
import { conversationsRoutes } from "../../routes.ts";
import { connectedIn, party } from "../../test-support/parties.ts";
import { conversationWorld, type World } from "../../test-support/world.ts";

let world: World;
let api: TestApi;
const people: Record<string, ReturnType<typeof testPrincipal>> = {};
beforeAll(async () => {
	world = await conversationWorld();
	api = await testApi(conversationsRoutes(world.conversations, seesEverything), people);
});
afterAll(async () => {
	await api.close();
	await world.close();
});

/** Signs a user in with these permissions to communicate. @returns the token */
function signIn(userId: string | undefined, ...actions: string[]): string {
	const token = `token${Object.keys(people).length}`;
	const grants = actions.map((action) => ({
		permission: `conversation:communication:${action}`,
		divisions: "all" as const,
	}));
	people[token] = testPrincipal({ userId, grants });
	return token;
}

/** Asks, and reads the answer where there is one. */
async function ask(method: string, path: string, options: { as: string; body?: unknown }) {
	const answer = await api.call(method, path, options);
	return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
}

/** Anna talks with a customer, and Ben is free. */
async function talking(...actions: string[]) {
	const call = await connectedIn(world);
	const ben = await world.agent();
	const customer = party(call.conversation, "customer");
	const path = `/api/v2/conversations/calls/${call.conversation.id}/participants/${customer.id}`;
	const read = async () => {
		const now = await world.conversations.get(call.conversation.id);
		if (!now) throw new Error("The conversation is gone.");
		return now;
	};
	return { ...call, id: call.conversation.id, ben, customer, path, read, as: signIn(call.agent, ...actions) };
}

test("CT-1 consults a colleague, speaks to both, and hands the customer over", async () => {
	const { as, path, ben, read, id, own, agent } = await talking("consultTransfer");
	const body = { speakTo: "DESTINATION", userId: ben };
	const started = await ask("POST", `${path}/consult/agent`, { as, body });
	const rung = party(await read(), "user");
	expect(started).toMatchObject({ status: 200, body: { destinationParticipantId: rung.id } });
	await world.conversations.calls.mediaConnected(id, rung.id);
	const both = await ask("PATCH", `${path}/consult`, { as, body: { speakTo: "BOTH" } });
	expect(both).toMatchObject({ status: 200, body: { destinationParticipantId: rung.id } });
	const now = await read();
	expect(now.recentTransfers).toMatchObject([
		{ state: "Active", transferType: "Attended", initiator: { userId: agent } },
	]);
	await world.conversations.patchParticipant(
		id,
		own.id,
		{ state: "disconnected" },
		{ userId: agent, may: () => false },
	);
	const done = await read();
	expect(done.recentTransfers).toMatchObject([{ state: "Complete" }]);
	expect(await world.status(ben)).toBe("INTERACTING");
});

test("documents and events of a consult keep the platform's shape, and say who hears music", async () => {
	const { as, path, ben, read, id } = await talking("consultTransferAgent");
	await ask("POST", `${path}/consult/agent`, { as, body: { speakTo: "DESTINATION", userId: ben } });
	await world.conversations.calls.mediaConnected(id, party(await read(), "user").id);
	await ask("PATCH", `${path}/consult`, { as, body: { speakTo: "OBJECT" } });
	const now = await read();
	// Ours: that it is not their own hold.
	expect(departures("Conversation", restConversation(now))).toEqual([
		"/participants/3/calls/0/inlaySilenced is no key of the model",
	]);
	expect(departures("CallConversation", restMediaConversation(now))).toEqual([
		"/participants/3/inlaySilenced is no key of the model",
	]);
	const held = [true, true, true, true].map((_, index) =>
		[restConversation(now), conversationEvent(now)].map((one) => one.participants[index]?.calls?.[0]?.held),
	);
	expect(held).toEqual([
		[false, false],
		[false, false],
		[false, false],
		[true, true],
	]);
	const flat = [restMediaConversation(now), mediaConversationEvent(now)].map((one) => one.participants[3]);
	expect(flat).toMatchObject([
		{ held: true, consultParticipantId: now.participants[0]?.id },
		{ held: true, consultParticipantId: now.participants[0]?.id },
	]);
});

test("CT-7 who may consult queues only is refused for people, with the permission's name, and nobody is held", async () => {
	const { as, path, ben, read, queue } = await talking("consultTransferQueue");
	const refused = await ask("POST", `${path}/consult/agent`, {
		as,
		body: { speakTo: "DESTINATION", userId: ben },
	});
	expect(refused).toMatchObject({ status: 403, body: { code: "missing.any.permissions" } });
	expect(refused.body.message).toContain("consultTransferAgent");
	expect((await read()).internal.consult).toBeUndefined();
	const asked = await ask("POST", `${path}/consult/queue`, {
		as,
		body: { speakTo: "DESTINATION", queueId: queue.id },
	});
	expect(asked.status).toBe(200);
	const canceled = await ask("DELETE", `${path}/consult`, { as });
	expect(canceled.status).toBe(200);
});

test.each<[string, string, object, number, string]>([
	[
		"nobody",
		"consult",
		{ speakTo: "DESTINATION", destination: {} },
		400,
		"conversation.error.consult.transfer.no.destination",
	],
	[
		"two at once",
		"consult",
		{ speakTo: "DESTINATION", destination: { userId: "a", address: "+4930" } },
		400,
		"invalid.value",
	],
	["a number that is none", "consult/external", { speakTo: "DESTINATION", address: "gibberish" }, 400, "invalid.value"],
	[
		"for somebody else",
		"consult/external",
		{ speakTo: "DESTINATION", address: "+4930555010", consultingUserId: "other" },
		403,
		"conversation.error.not.conversation.participant",
	],
])("consulting %s is refused, and the customer is not put on hold", async (_what, operation, body, status, code) => {
	const { as, path, read } = await talking("consultTransfer");
	const refused = await ask("POST", `${path}/${operation}`, { as, body });
	expect([refused.status, refused.body.code]).toEqual([status, code]);
	expect(party(await read(), "customer").calls?.[0]?.held).toBe(false);
});

test("whoever was asked threw the customer out, muted them, held their colleague and wrote to their record", async () => {
	const { path, ben, as, id, customer, own, agent, read } = await talking("consultTransfer");
	await ask("POST", `${path}/consult/agent`, { as, body: { speakTo: "DESTINATION", userId: ben } });
	const asked = party(await read(), "user");
	await world.conversations.calls.mediaConnected(id, asked.id);
	await ask("PATCH", `${path}/consult`, { as, body: { speakTo: "BOTH" } });
	const guest = signIn(ben);
	const calls = `/api/v2/conversations/calls/${id}`;
	const of = (participantId: string) => `${calls}/participants/${participantId}`;
	const before = JSON.stringify(await read());
	for (const [method, where, body] of [
		["PATCH", of(customer.id), { state: "disconnected" }],
		["PATCH", of(customer.id), { muted: true }],
		["PATCH", of(own.id), { held: true }],
		["PATCH", of(own.id), { state: "disconnected" }],
		["PATCH", `${of(customer.id)}/attributes`, { attributes: { vip: "no" } }],
		["POST", `/api/v2/conversations/${id}/participants/${customer.id}/digits`, { digits: "1" }],
		["PATCH", calls, { state: "disconnected" }],
		["PATCH", `/api/v2/conversations/${id}/recordingstate`, { recordingState: "PAUSED" }],
	] as const) {
		const { status } = await ask(method, where, { as: guest, body });
		expect(`${method} ${where.replace(id, "")} ${status}`).toMatch(/ 40[03]$/);
	}
	const callback = world.conversations.callbacks.create(
		{ callbackNumbers: ["+4915123456789"] },
		{ userId: ben, may: () => true },
		id,
	);
	await expect(callback).rejects.toMatchObject({ status: 403 });
	expect(JSON.stringify(await read())).toBe(before);
	const held = world.conversations.patchParticipant(id, asked.id, { held: true }, { userId: agent, may: () => true });
	await expect(held).rejects.toMatchObject({ code: "conversation.error.invalid.state" });
	const muted = await ask("PATCH", of(asked.id), { as: guest, body: { muted: true } });
	expect(muted.status).toBe(202);
});

test("anybody who was signed in could listen in on, and end, others' consults", async () => {
	const { path, ben, as } = await talking("consultTransfer");
	await ask("POST", `${path}/consult/agent`, { as, body: { speakTo: "DESTINATION", userId: ben } });
	for (const other of [
		signIn(ben, "consultTransfer"),
		signIn(await world.agent(), "consultTransfer"),
		signIn(undefined),
	]) {
		const spoken = await ask("PATCH", `${path}/consult`, { as: other, body: { speakTo: "BOTH" } });
		const canceled = await ask("DELETE", `${path}/consult`, { as: other });
		expect([spoken.status, canceled.status]).toEqual([403, 403]);
	}
});

test("CF-1 in a conference each party outside is held and muted by whoever talks there, and by nobody else", async () => {
	const { conversations } = world;
	const { agent, id, read } = await talking();
	const by = { userId: agent, may: (permission: string) => permission === "conversation:conference:add" };
	await conversations.calls.addParticipants(id, [{ phoneNumber: "+13175550177" }], by);
	const added = party(await read(), "external");
	await conversations.calls.mediaConnected(id, added.id);
	await conversations.patchParticipant(id, added.id, { held: true, muted: true }, by);
	expect(party(await read(), "external").calls?.[0]).toMatchObject({ held: true, muted: true });
	const stranger = { userId: await world.agent(), may: () => false };
	await expect(conversations.patchParticipant(id, added.id, { held: false }, stranger)).rejects.toMatchObject({
		status: 403,
	});
	await conversations.patchParticipant(id, added.id, { state: "disconnected" }, by);
	expect(party(await read(), "customer").calls?.[0]?.state).toBe("connected");
});

test("CF-2 who may not transfer outside leaves nobody there to each other", async () => {
	const { conversations } = world;
	for (const [may, left] of [
		[false, "disconnected"],
		[true, "connected"],
	] as const) {
		const { agent, id, read, own } = await talking();
		const by = { userId: agent, may: (permission: string) => may || permission === "conversation:conference:add" };
		await conversations.calls.addParticipants(id, [{ phoneNumber: "+13175550177" }], by);
		await conversations.calls.mediaConnected(id, party(await read(), "external").id);
		await conversations.patchParticipant(id, own.id, { state: "disconnected" }, by);
		expect(party(await read(), "customer").calls?.[0]?.state).toBe(left);
	}
});

test("the agent who has been in a conference longest may remove a colleague, and nobody else", async () => {
	const { conversations } = world;
	const { agent, id, read, ben, own } = await talking();
	await conversations.calls.addParticipants(id, [{ userId: ben }], { userId: agent, may: () => false });
	world.kernel.clock.advance(1000);
	await conversations.calls.mediaConnected(id, party(await read(), "user").id);
	const remove = (part: string, userId: string) =>
		conversations.patchParticipant(id, part, { state: "disconnected" }, { userId, may: () => false });
	await expect(remove(own.id, ben)).rejects.toMatchObject({ status: 403 });
	await remove(party(await read(), "user").id, agent);
	expect(party(await read(), "agent").calls?.[0]?.state).toBe("connected");
});

test("the customer on hold heard the keys that were meant for the one who is consulted", async () => {
	const { conversations } = world;
	const { as, path, read, id, own, agent } = await talking("consultTransfer");
	await ask("POST", `${path}/consult/external`, { as, body: { speakTo: "DESTINATION", address: "+13175550177" } });
	const asked = party(await read(), "external");
	await conversations.calls.mediaConnected(id, asked.id);
	const mark = await world.mark();
	await conversations.calls.sendDigits(id, own.id, "1", { userId: agent, may: () => false });
	const sent = (await world.since(mark)).filter(({ type }) => type === "conversation.digits");
	expect(sent.map(({ data }) => data)).toEqual([{ conversationId: id, participantId: asked.id, digits: "1" }]);
});

test("a call could be handed to its own caller's number, and the caller was rung beside the call they were in", async () => {
	const { as, path, own, id, agent, read, customer } = await talking("consultTransfer", "blindTransfer");
	const adds = { permission: "conversation:conference:add", divisions: "all" } as const;
	people[as] = testPrincipal({ userId: agent, grants: [...(people[as]?.grants ?? []), adds] });
	const calls = `/api/v2/conversations/calls/${id}`;
	const before = await read();
	const target = { address: customer.address };
	for (const [where, body] of [
		[`${calls}/participants/${own.id}/replace`, target],
		[`${path}/consult/external`, { speakTo: "DESTINATION", ...target }],
		[`${calls}/participants`, { participants: [target] }],
	] as const)
		expect(await ask("POST", where, { as, body }), where).toMatchObject({
			status: 400,
			body: { code: "conversation.error.invalid.state" },
		});
	expect(await read()).toEqual(before);
});

test("handed over to, asked or added was whoever asked for it, by their account or their own number", async () => {
	const { as, path, own, id, agent, read } = await talking("consultTransfer", "blindTransfer");
	const adds = { permission: "conversation:conference:add", divisions: "all" } as const;
	people[as] = testPrincipal({ userId: agent, grants: [...(people[as]?.grants ?? []), adds] });
	world.ownNumbers.set("+13175550177", agent);
	const calls = `/api/v2/conversations/calls/${id}`;
	const before = await read();
	for (const [target, field, kind] of [
		[{ userId: agent }, "userId", "agent"],
		[{ address: "(317) 555-0177" }, "address", "external"],
	] as const) {
		for (const [where, body] of [
			[`${calls}/participants/${own.id}/replace`, target],
			[`${path}/consult/${kind}`, { speakTo: "DESTINATION", ...target }],
			[`${calls}/participants`, { participants: [target] }],
		] as const) {
			expect(await ask("POST", where, { as, body }), where).toMatchObject({
				status: 400,
				body: { code: "conversation.error.target.self", details: [{ fieldName: field }] },
			});
		}
	}
	expect(await read()).toEqual(before);
	// With an extension behind it a number is several people's.
	const body = { address: "+13175550177;ext=12" };
	expect(await ask("POST", `${calls}/participants/${own.id}/replace`, { as, body })).toMatchObject({ status: 202 });
});
