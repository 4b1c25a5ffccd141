import { describe, expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { StatusesModel } from "./statuses-model.ts";

const all = "GET /api/inlay/v1/presence/definitions";
const order = "PUT /api/inlay/v1/presence/definitions/order";
const own = (id: string, systemPresence: string) => ({ id, systemPresence, type: "User", languageLabels: {} });
const away = { ...own("away", "Away"), type: "System" };

async function open(api: FakeApi) {
	const model = new StatusesModel(api);
	await model.statuses.load();
	return model;
}

describe("the organization's own statuses", () => {
	it("stand beneath what they count as, as agents are offered them; the platform's own do not", async () => {
		const entities = [away, own("a", "Offline"), own("b", "Meal"), own("c", "Break"), own("d", "Meal")];
		const { statuses } = await open(new FakeApi().on(all, { entities }));
		const shown = statuses.value?.map((group) => [group.systemPresence, group.own.map((one) => one.id)]);
		expect(shown).toEqual([
			["Break", ["c"]],
			["Meal", ["b", "d"]],
			["Offline", ["a"]],
		]);
	});

	it("are moved one place, and the whole order is sent", async () => {
		const api = new FakeApi().on(all, { entities: ["a", "b", "c"].map((id) => own(id, "Meal")) }).on(order, undefined);
		const model = await open(api);
		const [group] = model.statuses.value ?? [];
		if (!group) throw new Error("There is no group.");
		expect(await model.move(group, "c", -1)).toBe(true);
		expect(await model.move(group, "a", -1)).toBe(false);
		expect(await model.move(group, "c", 1)).toBe(false);
		expect(api.asked.filter(({ what }) => what === order).map(({ body }) => body)).toEqual([
			{ systemPresence: "Meal", ids: ["a", "c", "b"] },
		]);
	});

	it("that a colleague has added to meanwhile are shown as they are now", async () => {
		let entities = [own("a", "Meal"), own("b", "Meal")];
		const api = new FakeApi()
			.on(all, () => ({ entities }))
			.on(order, () => {
				throw refuse(409, "version.conflict");
			});
		const model = await open(api);
		const [group] = model.statuses.value ?? [];
		entities = [...entities, own("new", "Meal")];
		expect(group && (await model.move(group, "b", -1))).toBe(false);
		expect(model.moving.error.value?.code).toBe("version.conflict");
		expect(model.statuses.value?.[0]?.own.map((one) => one.id)).toEqual(["a", "b", "new"]);
	});
});
