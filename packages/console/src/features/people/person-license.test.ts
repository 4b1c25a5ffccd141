import { expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { type LicenseChoice, PersonLicense } from "./person-license.ts";

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
	await model.loaded.load();
	const choose = (license: LicenseChoice) => model.details.change({ license });
	const stands = () => [model.details.base.value?.license, model.details.form.value?.license];
	const saves = () => api.asked.filter(({ what }) => what === post).length;
	return { api, model, choose, stands, saves, become: (...ids: string[]) => api.on(`GET ${path}`, answer(ids)) };
}

it("one arrow key in the select saved at once, and took the panel away", async () => {
	const { model, choose, stands, saves } = await open("communicate");
	choose("collaborate");
	choose("");
	expect([stands(), model.details.changed.value, saves()]).toEqual([["communicate", ""], ["license"], 0]);
	choose("engage1");
	expect(await model.save()).toBe(true);
	expect([stands(), model.details.changed.value, saves()]).toEqual([["engage1", "engage1"], [], 1]);
});

it("nobody was told before that the panel closes by what they save", async () => {
	const { model, choose } = await open("collaborate", "communicate");
	const closes = (["engage3", "communicate", "collaborate", ""] as const).map((choice) => {
		choose(choice);
		return model.closesPanel.value;
	});
	expect(closes).toEqual([false, false, true, true]);
	const shut = await open("collaborate");
	shut.choose("");
	expect(shut.model.details.changed.value).toHaveLength(1);
	expect(shut.model.closesPanel.value, "there is no panel to lose").toBe(false);
});

it("a refusal leaves what is chosen, to be saved again", async () => {
	const { api, model, choose, stands } = await open("communicate");
	api.on(post, () => {
		throw refuse(403, "missing.permissions");
	});
	choose("collaborate");
	expect(await model.save()).toBe(false);
	expect(stands()).toEqual(["communicate", "collaborate"]);
	expect(model.details.saving.error.value?.code).toBe("missing.permissions");
});

it("of two who gave somebody a license at once, the first one's was gone and nobody was told", async () => {
	const { model, choose, stands, saves, become } = await open("communicate");
	choose("engage1");
	become("engage3");
	expect(await model.save()).toBe(false);
	expect([saves(), model.details.conflict.value?.theirs]).toEqual([0, { license: "engage3" }]);
	expect(await model.details.resolve("mine")).toBe(true);
	expect([stands(), saves()]).toEqual([["engage1", "engage1"], 1]);
});
