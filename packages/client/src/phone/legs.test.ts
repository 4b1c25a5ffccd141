import { expect, it } from "vitest";
import type { LiveInteraction } from "../session/interaction.ts";
import { type Leg, Legs } from "./legs.ts";

const callback = { id: "c", media: "callback", state: "connected" } as LiveInteraction;
const speaking = { ...callback, call: { state: "connected" } } as LiveInteraction;
const leg = (sessionId: string, changes: Partial<Leg> = {}): Leg => ({
	proposal: { sessionId } as Leg["proposal"],
	conversationId: "c",
	state: "active",
	...changes,
});

it("the call of a callback ended while the server was away: the panel said that its sound had broken off", () => {
	const legs = new Legs();
	const one = leg("s");
	legs.add(one);
	expect(legs.isDone(one, callback), "it is on its way").toBe(false);
	expect(legs.isDone(one, speaking)).toBe(false);
	expect(legs.isDone(one, callback)).toBe(true);
	legs.release(one);
	expect([...legs.states.value]).toEqual([]);
});

it("the connection that is kept for the next call was given to no callback, whose agent was not heard", () => {
	const legs = new Legs();
	const kept = leg("s", { conversationId: undefined, isPersistent: true });
	legs.add(kept);
	legs.connect([callback]);
	expect(kept.conversationId).toBeUndefined();
	legs.connect([speaking]);
	expect(kept.conversationId).toBe("c");
});
