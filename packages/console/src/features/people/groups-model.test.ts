import { expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { GroupsModel } from "./groups-model.ts";

const sales = { id: "g1", name: "Sales", memberCount: 3 };

it("groups are searched and paged on the server", async () => {
	const api = new FakeApi().on("POST /api/v2/groups/search", { results: [sales], total: 51 });
	const { groups } = new GroupsModel(api);
	groups.restore({ text: "sal", page: "3" });
	await groups.slice.load();
	const query = [{ type: "QUERY_STRING", fields: ["name"], value: "sal" }];
	expect(api.asked[0]?.body).toEqual({ query, pageSize: 25, pageNumber: 3, sortBy: "name" });
	expect([groups.slice.value, groups.pages]).toEqual([{ entities: [sales], total: 51 }, 3]);
});

it("a group is added with its name trimmed; a refusal stays with the form", async () => {
	const api = new FakeApi().on("POST /api/v2/groups", sales);
	const model = new GroupsModel(api);
	expect(await model.add("  Sales ")).toBe("g1");
	expect(api.asked[0]?.body).toMatchObject({ name: "Sales" });
	api.on("POST /api/v2/groups", () => {
		throw refuse(409, "resource.already.exists", "name");
	});
	expect(await model.add("Sales")).toBeUndefined();
	expect(model.adding.error.value?.fields).toEqual(["name"]);
});
