import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultQueueSettings } from "../../routing/queue-rules.ts";
import { findCall } from "../call/model.ts";
import { type Conversation, communicationOf } from "../model.ts";
import { party } from "../test-support/parties.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { agentOf, factsOf, stateOf } from "./model.ts";

let world: World;
beforeAll(async () => {
	world = await conversationWorld();
});
afterAll(() => world.close());

const number = "+4915123456789";
const minute = 60_000;
const everything = { may: () => true };

function calling(inlayAfterRetries: "agentFirst" | "end" = "agentFirst") {
	const callback = { mode: "CustomerFirst", maxRetryCount: 1, retryDelaySeconds: 300, inlayAfterRetries } as const;
	return { ...defaultQueueSettings, mediaSettings: { callback } };
}

async function later(ms: number): Promise<void> {
	world.kernel.clock.advance(ms);
	await world.kernel.jobs.runDue();
}

/** A callback that is due in a queue that calls customers first, and offered to an agent. */
async function offered(settings = calling()) {
	const queue = await world.queue(undefined, "home", settings);
	const agent = await world.agent(queue.id);
	const { callbacks, calls } = world.conversations;
	const { id } = await callbacks.create({ callbackNumbers: [number], queueId: queue.id }, everything);
	const offer = async () => party(await world.offer(id, queue.id, agent), "agent").id;
	const own = await offer();
	const read = async () => (await world.conversations.get(id)) as Conversation;
	const far = async () => {
		const found = (await read()).participants.findLast((one) => one.address === number && one.calls);
		if (!found) throw new Error("Nobody was called.");
		return found;
	};
	return { queue, agent, id, own, offer, read, far, calls };
}

const attempts = (conversation: Conversation) => factsOf(conversation).attempts.map(({ result }) => result);

test("customer-first: the agent was in the line before the customer had answered", async () => {
	const { id, own, read, far, calls } = await offered();
	expect(communicationOf(await far()).state).toBe("dialing");
	expect([stateOf(await read()), agentOf(await read())], "the agent is kept, and not in it").toEqual([
		"dialing",
		undefined,
	]);
	await calls.mediaConnected(id, (await far()).id);
	const answered = await read();
	expect(agentOf(answered)?.id, "nobody has to accept").toBe(own);
	expect(findCall(party(answered, "agent"))?.state).toBe("contacting");
	await calls.mediaConnected(id, own);
	expect(stateOf(await read())).toBe("talking");
	await calls.partyLeft(id, (await far()).id, "peer");
	expect([stateOf(await read()), attempts(await read())]).toEqual(["accepted", ["talked"]]);
	await world.conversations.partyLeft(id, own, "client");
	expect(stateOf(await read())).toBe("wrapUp");
});

test("customer-first: nobody answered, and the agent counted as not responding, or went on waiting for it", async () => {
	const { id, own, offer, read, far, calls, agent } = await offered();
	await calls.partyLeft(id, (await far()).id, "transfer.noanswer", "noAnswer");
	const waits = await read();
	expect([stateOf(waits), attempts(waits)]).toEqual(["scheduled", ["noAnswer"]]);
	const left = waits.participants.find((one) => one.id === own);
	expect([communicationOf(left as never).state, left?.internal.missed]).toEqual(["disconnected", undefined]);
	expect(await world.status(agent)).toBe("IDLE");
	await later(5 * minute);
	expect(stateOf(await read())).toBe("waiting");
	await offer();
	await later(31_000);
	expect(attempts(await read()), "the time to answer is over").toEqual(["noAnswer", "noAnswer"]);
	expect(stateOf(await read()), "then it is the agents' to call").toBe("waiting");
	await offer();
	expect([stateOf(await read()), attempts(await read()).length]).toEqual(["alerting", 2]);
});

test("customer-first: after its last try, by the queue's setting, it is over", async () => {
	const { id, offer, read, far, calls } = await offered(calling("end"));
	for (const round of [1, 2]) {
		if (round === 2) {
			await later(5 * minute);
			await offer();
		}
		await calls.partyLeft(id, (await far()).id, "transfer.noanswer", "busy");
	}
	expect([stateOf(await read()), (await read()).endTime]).toEqual(["failed", expect.any(String)]);
});

test("customer-first: an answering machine was given to the agent", async () => {
	const { id, read } = await offered();
	expect(await world.conversations.callbacks.machine(id)).toBe(true);
	expect([stateOf(await read()), attempts(await read())]).toEqual(["scheduled", ["machine"]]);
	expect(await world.conversations.callbacks.machine(id), "told twice").toBe(false);
});

test("customer-first: who declined, or was taken away, left the customer ringing for nobody", async () => {
	const { id, own, read, far } = await offered();
	await world.conversations.partyLeft(id, own, "client");
	expect([communicationOf(await far()).state, attempts(await read())]).toEqual(["disconnected", ["cancelled"]]);
	expect(stateOf(await read())).toBe("waiting");
	const moved = await offered();
	const at = new Date(world.kernel.clock.now().getTime() + 60 * minute).toISOString();
	await world.conversations.callbacks.change(moved.id, { callbackScheduledTime: at }, everything);
	expect([communicationOf(await moved.far()).state, stateOf(await moved.read())]).toEqual([
		"disconnected",
		"scheduled",
	]);
	const cancelled = await offered();
	await world.conversations.disconnect(cancelled.id, everything);
	expect(communicationOf(await cancelled.far()).state).toBe("disconnected");
});

test("customer-first: an agent who accepts before the customer answers has it in hand, and nobody is called twice", async () => {
	const { id, own, agent, read, far, calls } = await offered();
	const by = { userId: agent, may: () => true };
	await world.conversations.patchParticipant(id, own, { state: "connected" }, by);
	await world.conversations.callbacks.call(id, number, by);
	expect(attempts(await read())).toEqual([undefined]);
	await calls.mediaConnected(id, (await far()).id);
	await calls.mediaConnected(id, own);
	expect(stateOf(await read())).toBe("talking");
	const other = await offered();
	const theirs = { userId: other.agent, may: () => true };
	await world.conversations.patchParticipant(other.id, other.own, { state: "connected" }, theirs);
	await other.calls.partyLeft(other.id, (await other.far()).id, "transfer.noanswer", "busy");
	expect([stateOf(await other.read()), attempts(await other.read())], "they go on by hand").toEqual([
		"accepted",
		["busy"],
	]);
});

test("customer-first: a customer who hung up before the agent's phone was there was told as one who had talked", async () => {
	const { id, read, far, calls } = await offered();
	await calls.mediaConnected(id, (await far()).id);
	await calls.partyLeft(id, (await far()).id, "peer");
	expect([stateOf(await read()), attempts(await read())], "the agent has it in hand").toEqual(["accepted", ["ended"]]);
});
