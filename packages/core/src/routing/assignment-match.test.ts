import { expect, it } from "vitest";
import { match } from "./assignment-match.ts";

const waiting = (...entries: Array<[conversationId: string, queueId: string]>) =>
	entries.map(([conversationId, queueId]) => ({ conversationId, queueId }));
const agents = (...entries: Array<[userId: string, ...queueIds: string[]]>) =>
	entries.map(([userId, ...queueIds]) => ({ userId, queueIds }));
const pairs = (...args: Parameters<typeof match>) =>
	match(...args).map(({ conversationId, userId }) => `${conversationId}-${userId}`);

it("gives who waits first the agent who is idle longest", () => {
	expect(pairs(waiting(["c1", "q"], ["c2", "q"]), agents(["ann", "q"], ["bob", "q"]))).toEqual(["c1-ann", "c2-bob"]);
});

it("gives nobody two customers and no customer two agents, however many queues they share", () => {
	const found = pairs(
		waiting(["c1", "q1"], ["c2", "q2"], ["c3", "q1"]),
		agents(["ann", "q1", "q2"], ["bob", "q2", "q1"]),
	);
	expect(found).toEqual(["c1-ann", "c2-bob"]);
});

it("lets a queue without a free agent hold up no other", () => {
	expect(pairs(waiting(["c1", "empty"], ["c2", "empty"], ["c3", "q"]), agents(["ann", "q"]))).toEqual(["c3-ann"]);
});

it("keeps an agent of two queues for the queue that has nobody else only where they come first", () => {
	const found = pairs(waiting(["c1", "both"], ["c2", "only"]), agents(["ann", "both", "only"], ["bob", "both"]));
	expect(found, "in the order of the customers, not the best for all").toEqual(["c1-ann"]);
});

it("needs both customers and agents", () => {
	expect(match([], agents(["ann", "q"]))).toEqual([]);
	expect(match(waiting(["c1", "q"]), [])).toEqual([]);
});

it("leaves what it was given as it was", () => {
	const idle = agents(["ann", "q"], ["bob", "q"]);
	const before = structuredClone(idle);
	match(waiting(["c1", "q"], ["c2", "q"]), idle);
	expect(idle).toEqual(before);
});
