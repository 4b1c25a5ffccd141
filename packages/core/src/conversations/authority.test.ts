import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireLabelling } from "./authority.ts";
import { callOf } from "./call/model.ts";
import { divisionIdsNow } from "./divisions.ts";
import { connectedIn, party } from "./test-support/parties.ts";
import { conversationWorld, type World } from "./test-support/world.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

describe("an agent is not a supervisor", () => {
	/** What the default role Agent may do to others: nothing. */
	const asAgent = (userId: string) => ({ userId, may: () => false });
	const refused = { status: 403, code: "conversation.error.not.conversation.participant" };

	test("who held a permission in another division was told to get just that permission", async () => {
		const { conversation, queue } = await connectedIn(world);
		const labelling = "conversation:utilizationLabel:edit";
		const at = (held: boolean) => ({
			userId: "supervisor",
			may: (_permission: string, there?: string) => held && !there,
		});
		const asked = (held: boolean) => () => requireLabelling(conversation, at(held));
		expect(asked(true)).toThrow(
			`This needs the permission ${labelling} in the division ${divisionIdsNow(conversation).join(", ")}.`,
		);
		expect(asked(false)).toThrow(`This needs the permission ${labelling}.`);
		const wish = { callbackNumbers: ["+31201234567"], queueId: queue.id };
		const callback = (held: boolean) => world.conversations.callbacks.create(wish, at(held));
		await expect(callback(true)).rejects.toMatchObject({ status: 403, code: "missing.division.permission" });
		await expect(callback(false)).rejects.toMatchObject({ status: 403, code: "missing.permissions" });
	});

	test("any agent ended anybody's call", async () => {
		const { conversation, own } = await connectedIn(world);
		const stranger = asAgent(await world.agent());
		const { conversations } = world;
		await expect(conversations.disconnect(conversation.id, stranger)).rejects.toMatchObject(refused);
		for (const { id } of conversation.participants) {
			const ending = conversations.patchParticipant(conversation.id, id, { state: "disconnected" }, stranger);
			await expect(ending).rejects.toMatchObject(refused);
		}
		await expect(conversations.setRecordingState(conversation.id, "PAUSED", stranger)).rejects.toMatchObject(refused);
		await expect(conversations.calls.sendDigits(conversation.id, own.id, "1", stranger)).rejects.toMatchObject(refused);
		const asked = conversations.calls.addParticipants(conversation.id, [{ phoneNumber: "+13175550177" }], stranger);
		await expect(asked).rejects.toMatchObject(refused);
	});

	test("an agent who had left a call could still end it, pause it and add to it", async () => {
		const { queue, agent, own, conversation } = await connectedIn(world);
		const { conversations } = world;
		const by = asAgent(agent);
		const customer = party(conversation, "customer");
		await conversations.transfer(conversation.id, own.id, { queueId: queue.id }, by);
		await expect(conversations.disconnect(conversation.id, by)).rejects.toMatchObject(refused);
		const ending = conversations.patchParticipant(conversation.id, customer.id, { state: "disconnected" }, by);
		await expect(ending).rejects.toMatchObject(refused);
		await expect(conversations.setRecordingState(conversation.id, "PAUSED", by)).rejects.toMatchObject(refused);
		await expect(conversations.calls.sendDigits(conversation.id, own.id, "1", by)).rejects.toMatchObject(refused);
		const asked = conversations.calls.addParticipants(conversation.id, [{ phoneNumber: "+13175550177" }], by);
		await expect(asked).rejects.toMatchObject(refused);
		// Scripts write to the call while its after-call work is open, about everybody.
		await conversations.setAttributes(conversation.id, customer.id, { late: "yes" }, by);
		await conversations.wrapup(conversation.id, own.id, { code: queue.code.id }, by);
		await conversations.setAttributes(conversation.id, own.id, { own: "always" }, by);
		const others = conversations.setAttributes(conversation.id, customer.id, { late: "no" }, by);
		await expect(others).rejects.toMatchObject(refused);
		await conversations.partyLeft(conversation.id, customer.id, "client");
		await conversations.setAttributes(conversation.id, customer.id, { late: "over" }, by);
	});

	test("an agent for whom a call rang ended it for the customer", async () => {
		const queue = await world.queue();
		const agent = await world.agent(queue.id);
		const waiting = await world.waiting(queue.id);
		await world.offer(waiting.id, queue.id, agent);
		await expect(world.conversations.disconnect(waiting.id, asAgent(agent))).rejects.toMatchObject(refused);
	});

	test("ends their own call as a whole, and the outside's part of it", async () => {
		const first = await connectedIn(world);
		await world.conversations.disconnect(first.conversation.id, asAgent(first.agent));
		const second = await connectedIn(world);
		const customer = party(second.conversation, "customer");
		const by = asAgent(second.agent);
		await world.conversations.patchParticipant(second.conversation.id, customer.id, { state: "disconnected" }, by);
		for (const { conversation } of [first, second]) {
			const ended = await world.conversations.get(conversation.id);
			expect(callOf(party(ended ?? conversation, "customer")).state).toBe("disconnected");
		}
	});
});
