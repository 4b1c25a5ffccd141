import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeApi } from "../test-support/fake-api.ts";
import type { Api } from "./api.ts";
import { Paged } from "./paged.ts";
import { searchPeople } from "./people-search.ts";

const everybody = Array.from({ length: 5_000 }, (_, index) => ({ id: `u${index}`, name: `Person ${index}` }));

/** A server of five thousand, and how many of them it has sent. */
function crowd() {
	const counted = { sent: 0, asked: 0 };
	const list = new Paged(async ({ text, number, size }) => {
		const found = everybody.filter(({ name }) => name.includes(text));
		const entities = found.slice((number - 1) * size, number * size);
		counted.asked++;
		counted.sent += entities.length;
		return { entities, total: found.length };
	}, 25);
	return { list, counted };
}

describe("a long list", () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it("of 5,000 people was read whole before the first one showed", async () => {
		const { list, counted } = crowd();
		await list.slice.load();
		expect([counted, list.pages]).toEqual([{ sent: 25, asked: 1 }, 200]);
		await list.go(200);
		expect(list.slice.value?.entities.at(-1)?.name).toBe("Person 4999");
		expect(counted.sent).toBe(50);
	});

	it("is not left by its ends", async () => {
		const { list } = crowd();
		await list.slice.load();
		await list.go(0);
		expect(list.number.value).toBe(1);
		await list.go(999);
		expect(list.number.value).toBe(200);
	});

	it("is searched once typing pauses, from its first page on", async () => {
		const { list, counted } = crowd();
		await list.slice.load();
		await list.go(3);
		for (const text of ["4", "49", "499"]) list.search(text);
		expect(counted.asked).toBe(2);
		await vi.advanceTimersByTimeAsync(300);
		expect(counted.asked).toBe(3);
		expect([list.number.value, list.slice.value?.total]).toEqual([1, 15]);
	});

	it("of people came by name alone; it is sorted on the server, from its first page on, and its address says how", async () => {
		const asked: unknown[] = [];
		const api = {
			request: async (_method: string, _path: string, body: unknown) => {
				asked.push(body);
				return found;
			},
		};
		const found = { results: everybody.slice(0, 25), total: 5_000 };
		const list = searchPeople(api as unknown as Api);
		await list.slice.load();
		await list.go(3);
		await list.sort("-department");
		expect(asked.at(-1)).toMatchObject({ sortBy: "department", sortOrder: "DESC", pageNumber: 1 });
		expect(list.place.value).toEqual({ order: "-department" });
		list.restore({ order: "nonsense" });
		await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ sortBy: "name" }));
	});

	it("shows no answer that a newer question has overtaken", async () => {
		const answers: Array<(found: { entities: string[]; total: number }) => void> = [];
		const list = new Paged<string>(() => new Promise((resolve) => void answers.push(resolve)));
		const first = list.slice.load();
		const second = list.slice.load();
		answers[1]?.({ entities: ["new"], total: 1 });
		answers[0]?.({ entities: ["old"], total: 1 });
		await Promise.all([first, second]);
		expect(list.slice.value?.entities).toEqual(["new"]);
	});

	it("goes back a page when its last one has become empty", async () => {
		let total = 26;
		const list = new Paged<number>(async ({ number }) => ({ entities: total > (number - 1) * 25 ? [1] : [], total }));
		await list.slice.load();
		await list.go(2);
		total = 25;
		await list.reload();
		expect([list.number.value, list.slice.value?.entities]).toEqual([1, [1]]);
	});

	it("lost its search and page on the way to one of its entries and back", async () => {
		const { list } = crowd();
		list.search("49");
		await vi.advanceTimersByTimeAsync(300);
		await list.go(3);
		expect(list.place.value).toEqual({ text: "49", page: "3" });
		const again = crowd();
		again.list.restore(list.place.value);
		expect(again.counted.asked).toBe(0);
		await again.list.slice.load();
		expect(again.list.slice.value).toEqual(list.slice.value);
	});

	it("reads anew where its address has changed, and only then", async () => {
		const { list, counted } = crowd();
		await list.slice.load();
		list.restore({});
		expect(counted.asked).toBe(1);
		list.restore({ page: "2" });
		await vi.waitFor(() => expect(list.slice.value?.entities[0]?.name).toBe("Person 25"));
		expect(list.place.value).toEqual({ page: "2" });
	});

	it.each(["0", "-1", "1e9", "two", "", "9999999999"])("takes an address with page %j for its first page", (page) => {
		const { list } = crowd();
		list.restore({ page });
		expect(list.place.value).toEqual({});
	});

	it("of an address from before many were deleted shows its last page", async () => {
		const { list } = crowd();
		list.restore({ text: "499", page: "40" });
		await list.slice.load();
		expect([list.place.value, list.slice.value?.total]).toEqual([{ text: "499" }, 15]);
	});

	it("counts steps to come back from: pages, not keys", async () => {
		const { list } = crowd();
		await list.slice.load();
		list.search("4");
		await vi.advanceTimersByTimeAsync(300);
		expect(list.steps.value).toBe(0);
		await list.go(2);
		expect(list.steps.value).toBe(1);
	});

	it("of people is asked for by state, and by text where there is one", async () => {
		const api = new FakeApi().on("POST /api/v2/users/search", { results: [], total: 0 });
		const people = searchPeople(api, { states: ["active", "inactive"] });
		await people.slice.load();
		people.search(" ann ");
		await vi.advanceTimersByTimeAsync(300);
		const states = { type: "EXACT", fields: ["state"], values: ["active", "inactive"] };
		const text = { type: "QUERY_STRING", fields: ["name", "email", "username"], value: "ann" };
		expect(api.asked.map((one) => (one.body as { query: unknown }).query)).toEqual([[states], [states, text]]);
	});
});
