import { expect, it } from "vitest";
import type { ApiClient } from "./api.ts";
import { QueueStore } from "./queue-store.ts";

function storeOf(entities: { id: string; joined?: boolean }[]) {
	return new QueueStore({ get: async () => ({ entities }) } as unknown as ApiClient, "me");
}

it("an agent whose queues are all switched off was said to be ready for the next call", async () => {
	const store = storeOf([{ id: "q1", joined: false }, { id: "q2" }]);
	expect(store.takesNone.value, "nothing is known before it is read").toBe(false);
	await store.load();
	expect(store.takesNone.value).toBe(false);
	const off = storeOf([{ id: "q1", joined: false }]);
	await off.load();
	expect(off.takesNone.value).toBe(true);
	const none = storeOf([]);
	await none.load();
	expect(none.takesNone.value).toBe(true);
});
