import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { RulesModel, ruleProblems } from "./rules-model.ts";

const rules = {
	version: 2,
	consultRingSeconds: 30,
	unattendedRingSeconds: 20,
	maxParties: 6,
	bridgesAllowed: true,
	recordConsult: false,
};

it("how long consults ring was sent though nobody could have meant it; and what is right with the version that was read", async () => {
	const path = "/api/inlay/v1/calls/rules";
	const api = new FakeApi().on(`GET ${path}`, rules).on(`PUT ${path}`, { ...rules, version: 3 });
	const model = new RulesModel(api);
	await model.loaded.load();
	model.details.change({ consultRingSeconds: "3", maxParties: "99" });
	expect(await model.save()).toBe(false);
	expect([
		...ruleProblems({ ...rules, consultRingSeconds: "3", unattendedRingSeconds: "20", maxParties: "99" }),
	]).toEqual(["consultRingSeconds", "maxParties"]);
	model.details.change({ consultRingSeconds: "45", maxParties: "4", recordConsult: true });
	expect(await model.save()).toBe(true);
	expect(api.asked.filter(({ what }) => what.startsWith("PUT"))).toMatchObject([
		{ body: { consultRingSeconds: 45, maxParties: 4, recordConsult: true, version: 2 } },
	]);
});
