import { expect, it } from "vitest";
import { inboundConversation, outboundConversation } from "../conversations/call/transitions/create.ts";
import type { Conversation } from "../conversations/model.ts";
import { transition } from "../conversations/transitions/transition.ts";
import type { Database } from "../kernel/database/database.ts";
import type { AssignmentStore } from "./assignment-store.ts";
import type { RoutingStatuses } from "./routing-status.ts";

export interface AssignmentUnderTest {
	store: AssignmentStore;
	change: Database["change"];
	routingStatus: RoutingStatuses;
	/** Stores a conversation that is new. */
	save(conversation: Conversation): Promise<void>;
	join(userId: string, ...queueIds: string[]): Promise<void>;
}

/** What assignment is told of who waits and who is idle, by the database and by the one of the model tests. */
export function assignmentStoreContract(make: () => Promise<AssignmentUnderTest>): void {
	let second = 0;
	const context = () => ({ now: new Date(Date.UTC(2026, 0, 5, 9, 0, ++second)), newId: () => crypto.randomUUID() });

	/** Somebody who waits in the queue. */
	async function waiting({ save }: AssignmentUnderTest, queueId: string, priority = 0): Promise<string> {
		const queue = { id: queueId, name: queueId, wrapupPrompt: "optional" } as const;
		const call = { customer: { address: "+1" }, dnis: "+2", queue, priority, divisionId: "home", provider: "test" };
		const fresh = inboundConversation(call, context());
		const command = { type: "media.connected", participantId: fresh.participants[0]?.id ?? "" } as const;
		const waits = JSON.parse(JSON.stringify(transition(fresh, command, context()))) as Conversation;
		await save(waits);
		return waits.id;
	}

	async function idle(at: AssignmentUnderTest, userId: string, ...queueIds: string[]): Promise<void> {
		await at.join(userId, ...queueIds);
		await at.change((trx) => at.routingStatus.setOnQueue(trx, userId, true));
	}

	it("names the queues in which somebody waits, all or those of some users", async () => {
		const at = await make();
		await idle(at, "anna", "a");
		await waiting(at, "a");
		await waiting(at, "b");
		expect((await at.store.waitingQueues()).toSorted()).toEqual(["a", "b"]);
		expect(await at.store.waitingQueues(["anna"])).toEqual(["a"]);
		expect(await at.store.waitingQueues(["nobody"])).toEqual([]);
	});

	it("lists who waits by priority, then by time, so many of each queue", async () => {
		const at = await make();
		const [first, second, urgent] = [await waiting(at, "a"), await waiting(at, "a"), await waiting(at, "a", 5)];
		const other = await waiting(at, "b");
		const ids = async (limit: number) => (await at.store.waiting(["a", "b"], limit)).map((one) => one.conversationId);
		expect(await ids(9)).toEqual([urgent, first, second, other]);
		expect(await ids(1)).toEqual([urgent, other]);
	});

	it("lists idle members with the queues asked for, and nobody who is off queue or a member elsewhere", async () => {
		const at = await make();
		await idle(at, "anna", "a", "b", "c");
		await idle(at, "ben", "c");
		await at.join("cleo", "a");
		const found = await at.store.idleAgents(["a", "b"]);
		expect(found.map((one) => [one.userId, one.queueIds.toSorted()])).toEqual([["anna", ["a", "b"]]]);
	});

	it("holds pairs that still fit, and no agent with work in hand", async () => {
		const at = await make();
		await idle(at, "anna", "a");
		await idle(at, "ben", "a");
		const [first, second] = [await waiting(at, "a"), await waiting(at, "a")];
		await at.save(callBy("ben"));
		const pairs = [
			{ conversationId: first, queueId: "a", userId: "anna" },
			{ conversationId: second, queueId: "a", userId: "ben" },
			{ conversationId: second, queueId: "elsewhere", userId: "anna" },
			{ conversationId: "gone", queueId: "a", userId: "anna" },
		];
		expect(await at.change((trx) => at.store.hold(trx, pairs))).toEqual(pairs.slice(0, 1));
		expect((await at.store.idleAgents(["a"])).map((one) => one.userId)).toEqual(["anna"]);
	});

	function callBy(userId: string): Conversation {
		const next = { kind: "outside", purpose: "external", address: "+9" } as const;
		return outboundConversation(
			{ divisionId: "home", provider: "test", caller: { userId, name: userId }, next },
			context(),
		);
	}
}
