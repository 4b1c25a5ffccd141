import { agentScopes } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { HeldGrant } from "../../session/rights.ts";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { DeploymentsModel } from "./deployments-model.ts";
import { typesFor } from "./type-search.ts";

const type = { id: "private", name: "Private", maxInstances: 2 };
const deployment = (id: string) => ({ id, name: id, integrationType: type });

function open(...ids: string[]) {
	return openAs([], ...ids);
}

function openAs(grants: HeldGrant[], ...ids: string[]) {
	const api = new FakeApi()
		.on("GET /api/inlay/v1/oauth/scopes/enforcement", { enforceScopes: false })
		.on("GET /api/v2/integrations", page(...ids.map(deployment)))
		.on("GET /api/v2/integrations/types", page(type));
	return { api, model: new DeploymentsModel(api, selfWith(...grants), "https://panel.example") };
}

describe("the list of deployments", () => {
	it("counts what there is of a type against what there may be", async () => {
		const { model } = open("b", "a");
		await model.facts.load();
		expect(model.facts.value?.deployments.map((one) => one.name)).toEqual(["a", "b"]);
		expect(model.room(type)).toEqual({ used: 2, most: 2, full: true });
		expect(model.room({ id: "public", name: "Public" })).toEqual({ used: 0, most: undefined, full: false });
	});

	it("says why one could not be added, and reads the list again", async () => {
		const { api, model } = open();
		api.on("POST /api/v2/integrations", () => {
			throw refuse(400, "max.integrations.reached");
		});
		expect(await model.add("x", type.id)).toBeUndefined();
		expect(model.adding.error.value?.code).toBe("max.integrations.reached");
		expect(api.asked.at(-1)?.what).toMatch(/^GET/);
	});

	it("with a client of its own follows the guide: client, deployment, choice; a second try makes no second client", async () => {
		const { api, model } = open("a");
		await model.facts.load();
		expect(model.freeName("A")).toBe("A 2");
		const configuration = { name: "b", version: 1, properties: {}, notes: "" };
		api.on("POST /api/v2/oauth/clients", { id: "c" }).on("POST /api/v2/integrations", () => {
			throw refuse(409, "resource.already.exists", "name");
		});
		expect(await model.add("b", type.id, { ownClient: true })).toBeUndefined();
		api.on("POST /api/v2/integrations", { id: "b" });
		api.on("GET /api/v2/integrations/b/config/current", configuration);
		api.on("PUT /api/v2/integrations/b/config/current", configuration);
		expect(await model.add("b", type.id, { ownClient: true })).toEqual({ id: "b", hasClient: true });
		const made = api.asked.filter(({ what }) => what === "POST /api/v2/oauth/clients");
		expect(made).toHaveLength(1);
		expect(made[0]?.body).toMatchObject({
			...{ name: "b", authorizedGrantType: "CODE", accessTokenValiditySeconds: 64_800 },
			registeredRedirectUri: expect.arrayContaining(["https://panel.example/crm/index.html"]),
		});
		expect(api.asked.at(-1)?.body).toMatchObject({ name: "b", version: 1, properties: { clientId: "c" } });
	});

	it("told success though its new client could not be chosen, and lost why", async () => {
		const { api, model } = open();
		api.on("POST /api/v2/oauth/clients", { id: "c" }).on("POST /api/v2/integrations", { id: "b" });
		api.on("GET /api/v2/integrations/b/config/current", () => {
			throw refuse(403, "missing.permissions");
		});
		expect(await model.add("b", type.id, { ownClient: true })).toEqual({ id: "b", hasClient: false });
		expect(model.adding.error.value?.code).toBe("missing.permissions");
		model.begin();
		expect(model.adding.error.value).toBeUndefined();
	});

	it("gave a deployment the client that was made for another one, which was refused", async () => {
		const { api, model } = open();
		api.on("POST /api/v2/oauth/clients", { id: "c" }).on("POST /api/v2/integrations", () => {
			throw refuse(400, "max.integrations.reached");
		});
		const made = () => api.asked.filter(({ what }) => what === "POST /api/v2/oauth/clients").length;
		await model.add("a", type.id, { ownClient: true });
		await model.add("b", type.id, { ownClient: true });
		expect(made(), "another name").toBe(2);
		model.begin();
		await model.add("b", type.id, { ownClient: true });
		expect(made(), "asked anew").toBe(3);
	});

	it("the private type was not found by the name that the guide has for it", () => {
		const types = [
			{ id: "private", name: "Private Embeddable Framework" },
			{ id: "public", name: "Embeddable Framework", description: "The agent client as a partner offers it." },
		];
		const found = (wanted: string) => typesFor(types, wanted).map(({ id }) => id);
		expect(found("Private Genesys Cloud Embeddable Framework")).toEqual(["private"]);
		expect([found(" partner"), found("genesys cloud"), found("Salesforce")]).toEqual([
			["public"],
			["private", "public"],
			[],
		]);
	});

	it("renames by the configuration as it is now", async () => {
		const { api, model } = open("a");
		const configuration = { name: "a", version: 7, properties: { frameworkJs: "x()" }, notes: "n" };
		api.on("GET /api/v2/integrations/a/config/current", configuration);
		api.on("PUT /api/v2/integrations/a/config/current", configuration);
		expect(await model.rename("a", " New ")).toBe(true);
		const sent = api.asked.find((one) => one.what.startsWith("PUT"))?.body;
		expect(sent).toEqual({ ...configuration, name: "New" });
	});

	it("switches by the intended state", async () => {
		const { api, model } = open("a");
		api.on("PATCH /api/v2/integrations/a", {});
		expect(await model.switch("a", true)).toBe(true);
		expect(api.asked.find((one) => one.what.startsWith("PATCH"))?.body).toEqual({ intendedState: "ENABLED" });
	});

	describe("switched on from the list", () => {
		const fine = {
			...{ id: "c", name: "CRM", state: "active", authorizedGrantType: "TOKEN", accessTokenValiditySeconds: 64_800 },
			...{ scope: [...agentScopes], registeredRedirectUri: ["https://panel.example/crm/index.html"] },
		};
		const properties = { frameworkJs: "x()", clientId: "c" };
		const configuration = { name: "a", version: 1, properties, notes: "" };
		const patches = (api: FakeApi) => api.asked.filter(({ what }) => what.startsWith("PATCH")).length;

		function off(...clients: unknown[]) {
			const opened = open("a");
			opened.api.on("GET /api/v2/integrations/a/config/current", configuration);
			opened.api.on("GET /api/v2/oauth/clients", page(...clients)).on("PATCH /api/v2/integrations/a", {});
			return opened;
		}

		it("one that nobody could sign in to was on without a question, as its page alone had one", async () => {
			const { api, model } = off({ ...fine, state: "disabled" });
			const { on, unready } = await model.activate("a");
			expect([on, unready?.[0]?.cause.say, patches(api)]).toEqual([false, "client.not.ready.state.cause", 0]);
			api.on("GET /api/v2/oauth/clients", page(fine));
			expect([await model.activate("a"), patches(api)]).toEqual([{ on: true }, 1]);
		});

		it("one without any client, and one whose client lacks scopes, went on: Health had other rules", async () => {
			const { model } = off();
			const { on, unready } = await model.activate("a");
			expect([on, unready?.map(({ cause }) => cause.say)]).toEqual([false, ["client.not.ready.unknown.cause"]]);
			const lacking = await off({ ...fine, scope: ["users"] }).model.activate("a");
			expect(lacking.unready?.map(({ cause }) => cause.say)).toEqual(["client.not.ready.scopes.cause"]);
		});

		it("one whose staged script names a client that nobody can use went on; what is tried alone is no agent's", async () => {
			const { api, model } = off(fine, { ...fine, id: "old", state: "disabled" });
			api.on("GET /api/inlay/v1/deployments/a/scripts/2", { version: 2, source: 'F = { clientIds: { eu: "old" } };' });
			const staged = { version: 2, groups: [{ id: "g" }] };
			api.on("GET /api/v2/integrations/a/config/current", { ...configuration, inlayStaged: staged });
			expect((await model.activate("a")).unready).toHaveLength(1);
			const tried = { version: 2, groups: [], user: { id: "me" } };
			api.on("GET /api/v2/integrations/a/config/current", { ...configuration, inlayStaged: tried });
			expect(await model.activate("a")).toEqual({ on: true });
		});

		it("is not asked of who may not see clients; what could not be read is not activated", async () => {
			const { api, model } = openAs([grantOf(["integrations:integration:edit"])], "a");
			api.on("PATCH /api/v2/integrations/a", {});
			expect(await model.activate("a")).toEqual({ on: true });
			const unread = open("a");
			expect(await unread.model.activate("a")).toEqual({ on: false });
			expect([unread.model.switching.error.value?.status, patches(unread.api)]).toEqual([404, 0]);
		});
	});
});
