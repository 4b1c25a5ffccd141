import { afterAll, beforeAll, describe } from "vitest";
import { Memory, memoryKernel } from "../test-support/model/memory.ts";
import { memoryConversationStore } from "../test-support/model/memory-stores.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { conversationStoreContract } from "./store.contract.ts";
import { conversationStore } from "./store.ts";

describe("conversations in the database", () => {
	let kernel: TestKernel;
	beforeAll(async () => {
		kernel = await testKernel();
	});
	afterAll(() => kernel.close());

	conversationStoreContract(async () => {
		await kernel.database.db.deleteFrom("conversations").execute();
		return { store: conversationStore(kernel.database.db), change: kernel.database.change };
	});
});

describe("conversations in the model's memory", () => {
	conversationStoreContract(async () => {
		const memory = new Memory();
		const { database } = memoryKernel(memory);
		return { store: memoryConversationStore(memory), change: (work) => database.change(work) };
	});
});
