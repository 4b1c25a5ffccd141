import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { type LimitsForm, LimitsModel, limitProblems, prefixesIn } from "./limits-model.ts";

const form: LimitsForm = { externalAllowed: true, ringSeconds: "20", confirm: true, blockedPrefixes: "+1900" };

it("reads beginnings of numbers as people write them, each once", () => {
	expect(prefixesIn("+1 (900)\n\n+1-900, +49 900\n")).toEqual(["+1900", "+49900"]);
});

it("says what cannot be sent, and where", () => {
	expect([...limitProblems(form)]).toEqual([]);
	expect([...limitProblems({ ...form, ringSeconds: "3", blockedPrefixes: "0900" })]).toEqual([
		"ringSeconds",
		"blockedPrefixes",
	]);
});

it("what was wrong was sent; and what is right was not sent with the version that was read", async () => {
	const limits = { version: 3, externalAllowed: true, ringSeconds: 20, confirm: true, blockedPrefixes: ["+1900"] };
	const path = "/api/inlay/v1/callforwarding/limits";
	const api = new FakeApi().on(`GET ${path}`, limits).on(`PUT ${path}`, { ...limits, version: 4 });
	const model = new LimitsModel(api);
	await model.loaded.load();
	model.details.change({ ringSeconds: "2" });
	expect(await model.save()).toBe(false);
	model.details.change({ ringSeconds: "30" });
	expect(await model.save()).toBe(true);
	expect(api.asked.filter(({ what }) => what.startsWith("PUT"))).toMatchObject([
		{ body: { ringSeconds: 30, version: 3 } },
	]);
});
