import { describe, expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { StatusModel } from "./status-model.ts";

const all = "GET /api/inlay/v1/presence/definitions";
const one = "/api/v2/presence/definitions/s1";
const tea = {
	id: "s1",
	name: "Tea",
	type: "User",
	languageLabels: { en_US: "Tea" },
	systemPresence: "Break",
	divisionId: "north",
	deactivated: false,
	version: 4,
};
const away = { ...tea, id: "away", type: "System", systemPresence: "Away" };

async function open(api: FakeApi, self = selfWith(), id = "s1") {
	const model = new StatusModel(api, self, id);
	await model.loaded.load();
	return model;
}

async function openNew(api: FakeApi, self = selfWith()) {
	const model = new StatusModel(api, self);
	await model.loaded.load();
	return model;
}

describe("a status", () => {
	it("is saved whole, on the version that was read, and again on the next", async () => {
		const api = new FakeApi()
			.on(all, { entities: [away, tea] })
			.on(`PUT ${one}`, (body: object) => ({ ...tea, ...body }));
		const model = await open(api);
		model.details.change({ de: "Tee" });
		expect(await model.save()).toBe(true);
		model.details.change({ active: false });
		expect(await model.save()).toBe(true);
		expect(api.asked.slice(1).map(({ body }) => body)).toMatchObject([
			{ version: 4, languageLabels: { en_US: "Tea", de: "Tee" }, deactivated: false, divisionId: "north" },
			{ version: 5, languageLabels: { en_US: "Tea", de: "Tee" }, deactivated: true },
		]);
	});

	it("that a colleague has renamed meanwhile keeps both languages, and asks about the one that both changed", async () => {
		let now = tea;
		const api = new FakeApi()
			.on(all, () => ({ entities: [now] }))
			.on(`PUT ${one}`, (body: { version: number }) => {
				if (body.version !== now.version) throw refuse(409, "version.conflict");
				return { ...now, ...body };
			});
		const model = await open(api);
		now = { ...tea, version: 5, languageLabels: { en_US: "Tea break" } };
		model.details.change({ fr: "Thé" });
		expect(await model.save()).toBe(true);
		expect(api.asked.at(-1)?.body).toMatchObject({ languageLabels: { en_US: "Tea break", fr: "Thé" }, version: 5 });
		now = { ...tea, version: 9, languageLabels: { en_US: "Elevenses" } };
		model.details.change({ en: "Coffee" });
		expect(await model.save()).toBe(false);
		expect(model.details.conflict.value?.fields).toEqual(["en"]);
	});

	it("without a name in any language was sent, to be refused", async () => {
		const api = new FakeApi();
		const model = await openNew(api);
		expect([await model.save(), model.isWrong("de")]).toEqual([false, true]);
		model.details.change({ uk: "Чай" });
		api.on("POST /api/v2/presence/definitions", { ...tea, id: "s2" });
		expect([await model.save(), model.details.base.value?.id]).toEqual([true, "s2"]);
		expect(api.asked.map(({ body }) => body)).toMatchObject([{ languageLabels: { uk: "Чай" }, divisionId: "*" }]);
	});

	it("of another division can be read, and says what is missing", async () => {
		const rights = ["view", "add", "edit"].map((action) => `presence:presenceDefinition:${action}`);
		const self = selfWith(grantOf(rights, "south"));
		const model = await open(new FakeApi().on(all, { entities: [tea] }), self);
		expect(model.lack).toMatchObject({ permissions: ["presence:presenceDefinition:edit"], divisionId: "north" });
		expect(model.lackToDelete).toMatchObject({ divisionId: "north" });
		const fresh = await openNew(new FakeApi(), self);
		expect([fresh.lack, fresh.details.form.value?.divisionId]).toEqual([undefined, "south"]);
		expect(
			fresh.placesAmong([
				{ id: "north", name: "North" },
				{ id: "south", name: "South" },
			]),
		).toEqual(["south"]);
	});

	it.each(["away", "gone"])("%s is none that can be changed", async (id) => {
		const model = await open(new FakeApi().on(all, { entities: [away, tea] }), selfWith(), id);
		expect(model.loaded.state.value).toMatchObject({ kind: "failed", error: { status: 404 } });
	});
});
