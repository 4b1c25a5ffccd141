import { describe, expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { QueueMembers } from "./queue-members.ts";

const path = "/api/v2/routing/queues/q/members";

describe("who works in a queue", () => {
	it("was chosen on each person's page alone", async () => {
		const api = new FakeApi().on(`GET ${path}`, page({ id: "a", name: "Ann" }));
		api.on(`POST ${path}`, undefined).on(`DELETE ${path}/a`, undefined);
		const members = new QueueMembers(api, "/api/v2/routing/queues/q");
		expect(await members.add({ id: "b", name: "Ben" })).toBe(true);
		expect(await members.takeOut({ id: "a", name: "Ann" })).toBe(true);
		expect(api.asked.map(({ what, body }) => [what, body])).toEqual([
			[`POST ${path}`, [{ id: "b" }]],
			[`GET ${path}`, undefined],
			[`DELETE ${path}/a`, undefined],
			[`GET ${path}`, undefined],
		]);
	});

	it("was offered to be added again", async () => {
		const api = new FakeApi().on(`GET ${path}`, page({ id: "a", name: "Ann" }));
		const found = {
			results: [
				{ id: "a", name: "Ann" },
				{ id: "b", name: "Ben" },
			],
			total: 2,
		};
		api.on("POST /api/v2/users/search", found).on(`POST ${path}`, undefined).on(`DELETE ${path}/a`, undefined);
		const members = new QueueMembers(api, "/api/v2/routing/queues/q");
		await members.all.slice.load();
		expect([...members.inside.value]).toEqual(["a"]);
		await members.add({ id: "b", name: "Ben" });
		await members.takeOut({ id: "a", name: "Ann" });
		expect([...members.inside.value]).toEqual(["b"]);
	});

	it("and was taken out by a colleague just before is refused, and gone from the list", async () => {
		const api = new FakeApi().on(`GET ${path}`, page());
		api.on(`DELETE ${path}/a`, () => {
			throw refuse(404, "not.found");
		});
		const members = new QueueMembers(api, "/api/v2/routing/queues/q");
		expect(await members.takeOut({ id: "a", name: "Ann" })).toBe(false);
		expect([members.changing.error.value?.status, members.own.slice.value?.entities]).toEqual([404, []]);
	});
});
