import { afterAll, beforeAll, expect, it } from "vitest";
import { trafficOf } from "../test-support/traffic.ts";
import { agentRung } from "./test-support/agent-rung.ts";
import { conversationWorld } from "./test-support/world.ts";

let world: Awaited<ReturnType<typeof conversationWorld>>;

beforeAll(async () => {
	world = await conversationWorld();
	await world.kernel.feed.stop();
});
afterAll(() => world.close());

it("a change of a call waited for each of its statements", async () => {
	const { id, agent, part } = await agentRung(world);
	const answered = await trafficOf(() => world.conversations.calls.mediaConnected(id, part));
	expect(await world.status(agent)).toBe("INTERACTING");
	const muted = await trafficOf(() =>
		world.conversations.patchParticipant(id, part, { muted: true }, { userId: agent }),
	);
	const ended = await trafficOf(() => world.conversations.partyLeft(id, part, "client"));
	expect(await world.status(agent)).toBe("INTERACTING");
	expect({ answered: answered.roundTrips, muted: muted.roundTrips, ended: ended.roundTrips }).toEqual({
		answered: 3,
		muted: 2,
		ended: 3,
	});
});

it("whether a user owes after-call work was planned anew with each change of their presence", async () => {
	const { agent, id, part } = await agentRung(world);
	await world.conversations.calls.mediaConnected(id, part);
	const ask = () => world.kernel.database.change((trx) => world.conversations.workOwedBy(trx, agent));
	expect(await world.conversations.liveForUser(agent)).toMatchObject([{ id }]);
	const { plannedAnew, statements } = await trafficOf(ask);
	expect({ plannedAnew, statements }).toEqual({ plannedAnew: 0, statements: 4 });
});
