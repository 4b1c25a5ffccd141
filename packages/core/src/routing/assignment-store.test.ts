import { afterAll, beforeAll, describe } from "vitest";
import { conversationStore } from "../conversations/store.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { Memory, memoryKernel } from "../test-support/model/memory.ts";
import {
	memoryAssignmentStore,
	memoryConversationStore,
	memoryStatusStore,
} from "../test-support/model/memory-stores.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { assignmentStoreContract } from "./assignment-store.contract.ts";
import { assignmentStore } from "./assignment-store.ts";
import { createRoutingStatus } from "./routing-status.ts";

describe("assignment's questions to the database", () => {
	let kernel: TestKernel<FakeClock>;
	beforeAll(async () => {
		kernel = await testKernel({ clock: new FakeClock() });
		for (const id of ["a", "b", "c"]) await makeQueue(kernel, id);
	});
	afterAll(() => kernel.close());

	assignmentStoreContract(async () => {
		const { database, clock } = kernel;
		for (const table of ["conversations", "queue_members", "routing_statuses"] as const)
			await database.db.deleteFrom(table).execute();
		const conversations = conversationStore(database.db);
		return {
			store: assignmentStore(database.db),
			change: database.change,
			routingStatus: createRoutingStatus(kernel),
			save: (after) => database.change((trx) => conversations.save(trx, [{ after }])),
			async join(user_id, ...queueIds) {
				const row = { user_id, ring_number: 1, joined: true, changed_at: clock.now() };
				await database.db
					.insertInto("queue_members")
					.values(queueIds.map((queue_id) => ({ ...row, queue_id })))
					.execute();
			},
		};
	});
});

describe("assignment's questions to the model's memory", () => {
	assignmentStoreContract(async () => {
		const memory = new Memory();
		const kernel = memoryKernel(memory);
		const conversations = memoryConversationStore(memory);
		return {
			store: memoryAssignmentStore(memory),
			change: (work) => kernel.database.change(work),
			routingStatus: createRoutingStatus(kernel, memoryStatusStore(memory)),
			save: (after) => kernel.database.change((trx) => conversations.save(trx, [{ after }])),
			async join(userId, ...queueIds) {
				for (const id of queueIds) memory.members.set(id, (memory.members.get(id) ?? new Set()).add(userId));
			},
		};
	});
});

async function makeQueue({ database, clock }: TestKernel<FakeClock>, id: string): Promise<void> {
	const at = clock.now();
	const nobody = { created_by: null, modified_by: null };
	const queue = { id, name: id, description: null, division_id: "home", version: 1, settings: "{}" as never };
	await database.db
		.insertInto("queues")
		.values({ ...queue, ...nobody, created_at: at, modified_at: at })
		.execute();
}
