import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { CallingRulesModel, ruleProblems } from "./rules-model.ts";

const rules = { windowStart: "08:00", windowEnd: "20:00", windowEnforced: false, historyDays: 30 };

it("says what of the hours and days cannot be sent", () => {
	const form = { ...rules, historyDays: "30" };
	expect([...ruleProblems(form)]).toEqual([]);
	expect([...ruleProblems({ ...form, windowEnd: "07:00", historyDays: "0" })]).toEqual(["windowEnd", "historyDays"]);
});

it("saves what was changed, with the days as a number", async () => {
	const path = "/api/v2/inlay/calling/rules";
	const api = new FakeApi().on(`GET ${path}`, rules).on(`PUT ${path}`, { ...rules, windowEnforced: true });
	const model = new CallingRulesModel(api);
	await model.loaded.load();
	model.details.change({ windowEnforced: true });
	expect(await model.save()).toBe(true);
	const [sent] = api.asked.filter(({ what }) => what.startsWith("PUT"));
	expect(sent?.body).toMatchObject({ windowEnforced: true, historyDays: 30 });
});
