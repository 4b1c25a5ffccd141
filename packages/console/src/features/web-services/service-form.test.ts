import type { WebServiceView } from "@inlay/contract/scripter/web-service";
import { expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { selfWith } from "../../test-support/selves.ts";
import { hostProblems, hostsIn } from "./hosts-model.ts";
import { newService, secretsIn, serviceBodyOf, serviceFormOf, serviceProblems } from "./service-form.ts";
import { ServiceModel } from "./service-model.ts";

const orders: WebServiceView = {
	...{ id: "s", version: 3, name: "Orders", method: "POST", address: "https://api.example.com/orders/{{id}}" },
	headers: [{ name: "X-Shop", value: "a: b" }],
	secretHeaders: [{ name: "Authorization" }],
	...{ body: '{"by": "{{by}}"}', inputs: ["id", "by"], timeoutSeconds: 5 },
	outputs: [{ name: "total", path: "order.total" }],
};

it("a web service that was opened and saved lost something, or its key", () => {
	const { id: _id, version: _version, ...rest } = orders;
	expect(serviceBodyOf(serviceFormOf(orders))).toEqual(rest);
	expect([...serviceProblems(serviceFormOf(orders))]).toEqual([]);
});

it("what the server would refuse was sent", () => {
	const form = serviceFormOf(orders);
	expect([...serviceProblems(serviceFormOf(newService))]).toEqual(["name", "address"]);
	const wrong = {
		...{ address: "https://{{id}}.example.com/", body: '{"by": {{by}}, }', headers: "X Shop: 1", timeoutSeconds: "16" },
		secretHeaders: JSON.stringify([...secretsIn(form), { name: "X-Key", value: "" }]),
	};
	expect([...serviceProblems({ ...form, ...wrong })]).toEqual([
		"address",
		"headers",
		"secretHeaders",
		"body",
		"timeoutSeconds",
	]);
	expect([...serviceProblems({ ...form, inputs: "id" })], "a name that nobody gives").toEqual(["body"]);
});

it("hosts are taken as people copy them, and nothing else is", () => {
	expect(hostsIn("https://CRM.example.com/path\n*.shop.example, crm.example.com")).toEqual([
		"crm.example.com",
		"*.shop.example",
	]);
	expect([...hostProblems({ pages: "crm.example.com", services: "no host!" })]).toEqual(["services"]);
	expect([...hostProblems({ pages: "x".repeat(254), services: "" })], "the field is named").toEqual(["pages"]);
});

it("a trial showed the answer of the one before where it failed", async () => {
	const path = "/api/inlay/v1/web-services/s";
	const api = new FakeApi().on(`GET ${path}`, orders).on(`POST ${path}/trial`, { outputs: { total: 7 } });
	const model = new ServiceModel(api, selfWith(), "s");
	await model.loaded.load();
	await model.try({ id: "1" });
	expect(model.outputs.value).toEqual({ total: 7 });
	api.on(`POST ${path}/trial`, () => {
		throw refuse(409, "web.service.failed");
	});
	await model.try({ id: "1" });
	expect([model.outputs.value, model.trying.error.value?.code]).toEqual([undefined, "web.service.failed"]);
});
