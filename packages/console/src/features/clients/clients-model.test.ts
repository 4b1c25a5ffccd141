import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { ClientsModel } from "./clients-model.ts";

it("the list of clients was read whole, page after page, before any of it was shown", async () => {
	const entities = Array.from({ length: 25 }, (_none, index) => ({ id: `c${index}`, name: `Client ${index}` }));
	const api = new FakeApi().on("GET /api/v2/oauth/clients", { entities, total: 200 });
	const { clients } = new ClientsModel(api);
	await clients.slice.load();
	expect([clients.slice.value?.entities.length, clients.pages, api.asked.length]).toEqual([25, 8, 1]);
	await clients.go(3);
	expect([clients.number.value, api.asked.length]).toEqual([3, 2]);
});

it("nobody saw in the list that a program's secret is known to somebody who has left", async () => {
	const left = {
		id: "c7",
		name: "Nightly export",
		holdsMore: false,
		secretKnownTo: { id: "u1", name: "Ann", state: "deleted" },
	};
	const model = new ClientsModel(new FakeApi().on("GET /api/inlay/v1/clients/left", { entities: [left] }));
	await model.left.load();
	expect(model.left.value?.get("c7")).toEqual(left);
});
