import { expect, it } from "vitest";
import { pageOfAll, pageOrAll } from "./paging.ts";

const all = ["a", "b", "c", "d", "e"];

it("links the pages around the middle one, with the query kept", () => {
	expect(pageOfAll(all, { pageSize: 2, pageNumber: 2 }, "/api/v2/x?name=n&pageNumber=2&pageSize=2")).toEqual({
		entities: ["c", "d"],
		pageSize: 2,
		pageNumber: 2,
		total: 5,
		pageCount: 3,
		firstUri: "/api/v2/x?name=n&pageNumber=1&pageSize=2",
		selfUri: "/api/v2/x?name=n&pageNumber=2&pageSize=2",
		lastUri: "/api/v2/x?name=n&pageNumber=3&pageSize=2",
		nextUri: "/api/v2/x?name=n&pageNumber=3&pageSize=2",
		previousUri: "/api/v2/x?name=n&pageNumber=1&pageSize=2",
	});
});

it("has no next behind the last and no previous before the first", () => {
	const page = pageOfAll(all, { pageSize: 10, pageNumber: 1 }, "/api/v2/x");
	expect(page).not.toHaveProperty("nextUri");
	expect(page).not.toHaveProperty("previousUri");
});

it("is empty behind the end, and still says how many there are", () => {
	expect(pageOfAll(all, { pageSize: 2, pageNumber: 9 }, "/api/v2/x")).toMatchObject({
		entities: [],
		total: 5,
		pageCount: 3,
	});
});

it("a listing without pages of the platform's gave the same page for ever to who went on asking", () => {
	const all = Array.from({ length: 30 }, (_each, index) => index);
	expect(pageOrAll(all, {}, "/x")).toMatchObject({ entities: all, pageCount: 1 });
	expect(pageOrAll(all, { pageSize: 10, pageNumber: 3 }, "/x").entities).toEqual(all.slice(20));
	expect(pageOrAll(all, { pageNumber: 2 }, "/x").entities).toEqual(all.slice(25));
});
