import { expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { PersonLicense } from "./person-license.ts";

const path = "/api/v2/license/users/u1";
const post = "POST /api/v2/license/organization";

type Assignments = { assignments: Array<{ licenseId: string; userIdsAdd?: string[] }> };

async function open(...held: string[]) {
	const answer = (ids: readonly string[]) => ({ licenses: ids.map((id) => ({ id })) });
	const api = new FakeApi().on(`GET ${path}`, answer(held)).on(post, (body: unknown) => {
		const given = (body as Assignments).assignments.filter(({ userIdsAdd }) => userIdsAdd?.includes("u1"));
		api.on(`GET ${path}`, answer(given.map(({ licenseId }) => licenseId)));
		return [];
	});
	const model = new PersonLicense(api, "u1");
	await model.own.load();
	return { api, model, saves: () => api.asked.filter(({ what }) => what === post).length };
}

it("one arrow key in the select saved at once, and took the panel away", async () => {
	const { model, saves } = await open("communicate");
	model.choose("collaborate");
	model.choose("");
	expect([model.chosen.value, model.changed.value, saves()]).toEqual(["", [""], 0]);
	model.choose("engage1");
	expect(await model.save()).toBe(true);
	expect([model.own.value, model.chosen.value, model.changed.value, saves()]).toEqual(["engage1", "engage1", [], 1]);
});

it("nobody was told before that the panel closes by what they save", async () => {
	const { model } = await open("collaborate", "communicate");
	const closes = (["engage3", "communicate", "collaborate", ""] as const).map((choice) => {
		model.choose(choice);
		return model.closesPanel.value;
	});
	expect(closes).toEqual([false, false, true, true]);
	const shut = (await open("collaborate")).model;
	shut.choose("");
	expect([shut.changed.value.length, shut.closesPanel.value], "there is no panel to lose").toEqual([1, false]);
});

it("a refusal leaves what is chosen, to be saved again", async () => {
	const { api, model } = await open("communicate");
	api.on(post, () => {
		throw refuse(403, "missing.permissions");
	});
	model.choose("collaborate");
	expect(await model.save()).toBe(false);
	expect([model.own.value, model.chosen.value]).toEqual(["communicate", "collaborate"]);
	expect(model.saving.error.value?.code).toBe("missing.permissions");
});
