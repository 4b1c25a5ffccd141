import { expect, it } from "vitest";
import { inboundConversation, outboundConversation } from "../conversations/call/transitions/create.ts";
import type { Conversation } from "../conversations/model.ts";
import { transition } from "../conversations/transitions/transition.ts";
import type { Database } from "../kernel/database/database.ts";
import type { AssignmentStore, LeftOut } from "./assignment-store.ts";
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

	it("finds who waits by score, a minute for each step of priority, so many of each queue", async () => {
		const at = await make();
		const [first, second, urgent] = [await waiting(at, "a"), await waiting(at, "a"), await waiting(at, "a", 5)];
		const other = await waiting(at, "b");
		const queues = [asked("a"), asked("b")];
		const found = async (limit: number) =>
			(await at.store.waiting(queues, limit, new Date())).map((one) => one.conversationId).toSorted();
		expect(await found(9)).toEqual([urgent, first, second, other].toSorted());
		expect(await found(1)).toEqual([urgent, other].toSorted());
		const [one] = await at.store.waiting([asked("b")], 1, new Date());
		expect(one).toMatchObject({ conversationId: other, queueId: "b", medium: "call", priority: 0 });
	});

	it("lists idle members with the queues asked for, and nobody who is off queue or a member elsewhere", async () => {
		const at = await make();
		await idle(at, "anna", "a", "b", "c");
		await idle(at, "ben", "c");
		await at.join("cleo", "a");
		const found = await at.store.agents(["a", "b"], nobodyLeftOut);
		expect(found.map((one) => [one.userId, [...one.queues].toSorted(), one.status, one.inHand])).toEqual([
			[
				"anna",
				[
					["a", 1],
					["b", 1],
				],
				"IDLE",
				[],
			],
		]);
	});

	it("holds who still waits and who is there, with what they have in hand", async () => {
		const at = await make();
		await idle(at, "anna", "a");
		await idle(at, "ben", "a");
		await at.join("cleo", "a");
		const [first, second] = [await waiting(at, "a"), await waiting(at, "a")];
		await at.save(callBy("ben"));
		const pair = (conversationId: string, queueId: string, userId: string) =>
			({ conversationId, queueId, userId, medium: "call", ring: 1 }) as const;
		const pairs = [pair(first, "a", "anna"), pair(second, "elsewhere", "ben"), pair("gone", "a", "cleo")];
		const held = await at.change((trx) => at.store.hold(trx, pairs));
		expect([...held.waiting]).toEqual([first]);
		expect([...held.agents.values()].map((one) => [one.userId, one.inHand]).toSorted()).toEqual([
			["anna", []],
			["ben", [{ medium: "call", acd: false, alerting: false }]],
		]);
	});

	it("leaves out who can be offered nothing, but for those with a rule of their own", async () => {
		const at = await make();
		await idle(at, "anna", "a");
		await idle(at, "ben", "a");
		await at.save(callBy("ben"));
		const found = async (leftOut: LeftOut) => (await at.store.agents(["a"], leftOut)).map((one) => one.userId);
		const closing = { acd: [], own: ["call" as const] };
		expect(await found({ closing, exceptions: [] })).toEqual(["anna"]);
		expect((await found({ closing, exceptions: ["ben"] })).toSorted()).toEqual(["anna", "ben"]);
		expect((await found({ closing: { acd: ["call"], own: [] }, exceptions: [] })).toSorted()).toEqual(["anna", "ben"]);
	});

	const asked = (queueId: string) => ({ queueId, isPriorityOnly: false, expansionsMs: [] });
	const nobodyLeftOut: LeftOut = { closing: { acd: [], own: [] }, exceptions: [] };

	function callBy(userId: string): Conversation {
		const next = { kind: "outside", purpose: "external", address: "+9" } as const;
		return outboundConversation(
			{ divisionId: "home", provider: "test", caller: { userId, name: userId }, next },
			context(),
		);
	}
}
