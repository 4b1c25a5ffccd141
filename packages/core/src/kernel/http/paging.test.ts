import { expect, it } from "vitest";
import { pageOfAll } from "./paging.ts";

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
