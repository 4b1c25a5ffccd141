import { expect, it } from "vitest";
import type { ApiClient } from "./api.ts";
import { QueueStore } from "./queue-store.ts";

function storeOf(entities: { id: string; joined?: boolean }[]) {
	return new QueueStore({ get: async () => ({ entities }) } as unknown as ApiClient, "me");
}

it("an agent of more than a hundred queues was said to take no work, as the one that is on stood on the second page", async () => {
	const all = Array.from({ length: 130 }, (_, at) => ({ id: `q${at}`, name: `Queue ${at}`, joined: at === 120 }));
	const asked: string[] = [];
	const get = async (path: string) => {
		asked.push(path);
		const page = Number(new URL(path, "http://x").searchParams.get("pageNumber"));
		return { entities: all.slice((page - 1) * 100, page * 100) };
	};
	const store = new QueueStore({ get } as unknown as ApiClient, "me");
	await store.load();
	expect(asked).toHaveLength(2);
	expect(store.takesNone.value).toBe(false);
	expect(store.nameOf("q120")).toBe("Queue 120");
});

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
