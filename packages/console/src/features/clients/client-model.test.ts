import { describe, expect, it } from "vitest";
import { ApiError } from "../../session/api.ts";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { ClientModel } from "./client-model.ts";

const base = "/api/v2/oauth/clients";
const client = {
	id: "c1",
	name: "CRM",
	authorizedGrantType: "CODE",
	registeredRedirectUri: ["https://a.example/"],
	scope: ["users"],
	roleDivisions: [],
	accessTokenValiditySeconds: 300,
	state: "active",
	version: 3,
};

const server = () =>
	new FakeApi().on("GET /api/v2/authorization/roles?userCount=false", page()).on(`GET ${base}/c1`, client);

describe("a new OAuth client", () => {
	it("is not sent while something is missing", async () => {
		const api = server();
		const model = new ClientModel(api, "https://inlay.example", selfWith());
		await model.facts.load();
		expect(await model.save()).toBe(false);
		expect([...model.problems.value]).toEqual(["name"]);
		expect(api.asked.some((one) => one.what.startsWith("POST"))).toBe(false);
	});

	it("shows its secret once it is made, and is then the client that was made", async () => {
		const api = server().on(`POST ${base}`, { ...client, secret: "s3cret" });
		const model = new ClientModel(api, "https://inlay.example", selfWith());
		await model.facts.load();
		model.change({ name: "CRM" });
		expect(await model.save()).toBe(true);
		expect([model.id.value, model.secret.value, model.form.value.duration]).toEqual(["c1", "s3cret", "300"]);
	});

	it("stays in the form when the server refuses it", async () => {
		const api = server().on(`POST ${base}`, () => {
			throw refuse(400, "auth.invalid.scope", "scope");
		});
		const model = new ClientModel(api, "https://inlay.example", selfWith());
		await model.facts.load();
		model.change({ name: "CRM" });
		expect(await model.save()).toBe(false);
		expect([model.id.value, model.form.value.name]).toEqual([undefined, "CRM"]);
		expect(model.saving.error.value?.code).toBe("auth.invalid.scope");
	});
});

describe("an OAuth client", () => {
	it("is disabled before it is deleted, as the server wants it", async () => {
		const api = server().on(`PUT ${base}/c1`, client).on(`DELETE ${base}/c1`, undefined);
		const model = new ClientModel(api, "https://inlay.example", selfWith(), "c1");
		await model.facts.load();
		expect(await model.remove()).toBe(true);
		const changes = api.asked.filter((one) => !one.what.startsWith("GET"));
		expect(changes).toEqual([
			{ what: `PUT ${base}/c1`, body: { name: "CRM", state: "inactive", version: 3 } },
			{ what: `DELETE ${base}/c1`, body: undefined },
		]);
	});
});

it("lost what was typed while the client was saved", async () => {
	const api = server().on(`PUT ${base}/c1`, (sent: object) => {
		model.change({ description: "typed meanwhile" });
		return { ...client, ...sent, version: 4 };
	});
	const model = new ClientModel(api, "https://inlay.example", selfWith(), "c1");
	await model.facts.load();
	model.change({ name: "CRM two" });
	expect(await model.save()).toBe(true);
	expect(model.form.value).toMatchObject({ name: "CRM two", description: "typed meanwhile" });
	expect(model.edited).toBe(true);
});

describe("two administrators on one OAuth client", () => {
	/** The server's side: refuses what was not read last, as the real one does. */
	function shared() {
		let stored = { ...client, description: "" };
		const api = server();
		api.on(`GET ${base}/c1`, () => stored);
		api.on(`PUT ${base}/c1`, (body: unknown) => {
			const sent = body as Partial<typeof stored>;
			if (sent.version !== stored.version) throw refuse(409, "version.conflict");
			stored = { ...stored, ...sent, version: stored.version + 1 };
			return stored;
		});
		const another = (change: Partial<typeof stored>) => {
			stored = { ...stored, ...change, version: stored.version + 1 };
		};
		return { api, another, stored: () => stored };
	}

	async function opened(api: FakeApi) {
		const model = new ClientModel(api, "https://inlay.example", selfWith(), "c1");
		await model.facts.load();
		return model;
	}

	it("saving an old page enabled again a client that another had just disabled", async () => {
		const { api, another, stored } = shared();
		const model = await opened(api);
		another({ state: "disabled" });
		model.change({ description: "For the CRM" });
		expect(await model.save()).toBe(true);
		expect(stored()).toMatchObject({ state: "disabled", description: "For the CRM" });
		expect([model.form.value.active, model.changed.value]).toEqual([false, false]);
	});

	it("asks about what both changed, and keeps what only one did", async () => {
		const { api, another, stored } = shared();
		const model = await opened(api);
		another({ name: "Theirs", state: "disabled" });
		model.change({ name: "Mine", duration: "600" });
		expect(await model.save()).toBe(false);
		expect(model.conflict.value?.fields).toEqual(["name"]);
		expect(model.conflict.value?.theirs.name).toBe("Theirs");
		expect([stored().name, model.form.value.name]).toEqual(["Theirs", "Mine"]);
		expect(await model.resolve("theirs")).toBe(true);
		expect(stored()).toMatchObject({ name: "Theirs", accessTokenValiditySeconds: 600, state: "disabled" });
		expect(model.conflict.value).toBeUndefined();
	});

	it("lets mine stand where I say so", async () => {
		const { api, another, stored } = shared();
		const model = await opened(api);
		another({ name: "Theirs" });
		model.change({ name: "Mine" });
		await model.save();
		expect(await model.resolve("mine")).toBe(true);
		expect(stored().name).toBe("Mine");
	});
});

describe("disabling an OAuth client", () => {
	const deployment = (name: string, properties: object, intendedState = "ENABLED") => ({
		id: name,
		name,
		intendedState,
		config: { current: { properties } },
	});
	const uuid = "3f7a1f0e-0d6a-4c38-9d53-1a5f0b9f6a11";
	const withDeployments = () =>
		new FakeApi()
			.on("GET /api/v2/authorization/roles?userCount=false", page())
			.on(`GET ${base}/${uuid}`, { ...client, id: uuid })
			.on(`GET ${base}`, page({ ...client, id: uuid }))
			.on(
				"GET /api/v2/integrations",
				page(
					deployment("By choice", { clientId: uuid }),
					deployment("By script", { frameworkJs: `clientIds: { x: "${uuid}" }` }),
					deployment("By another", { frameworkJs: "" }),
					deployment("Asleep", { clientId: uuid }, "DISABLED"),
				),
			);

	it("did not say which deployments it closes", async () => {
		const model = new ClientModel(withDeployments(), "https://inlay.example", selfWith(), uuid);
		await model.facts.load();
		expect(model.losses()).toEqual([]);
		model.change({ active: false });
		expect(model.losses()).toEqual([{ code: "losesClient", names: [] }]);
		await model.affected.load();
		expect(model.affected.value).toEqual(["By choice", "By script"]);
	});

	it("asks for no deployments where they may not be seen", async () => {
		const api = withDeployments();
		const self = selfWith(grantOf(["oauth:client:view"]));
		const model = new ClientModel(api, "https://inlay.example", self, uuid);
		await model.facts.load();
		await model.affected.load();
		expect(model.affected.value).toEqual([]);
		expect(api.asked.map((one) => one.what)).toEqual([`GET ${base}/${uuid}`]);
	});
});

describe("a save that took the sign-in from agents asked nobody", () => {
	async function open(change: object) {
		const api = server().on(`GET ${base}/c1`, { ...client, scope: ["users", "presence"], ...change });
		const model = new ClientModel(api, "https://inlay.example", selfWith(), "c1");
		await model.facts.load();
		return model;
	}

	it.each([
		[{ redirectUris: "https://b.example/" }, "losesUris", ["https://a.example/"]],
		[{ scopes: ["users"] }, "losesScopes", ["presence"]],
		[{ grant: "TOKEN" as const }, "losesGrant", []],
	])("by %o", async (change, code, names) => {
		const model = await open({});
		model.change(change);
		expect(model.losses()).toEqual([{ code, names }]);
	});

	it("but asks nothing about a client that is out of use, or that only gets more", async () => {
		const off = await open({ state: "inactive" });
		off.change({ redirectUris: "https://b.example/" });
		const more = await open({});
		more.change({ redirectUris: "https://a.example/\nhttps://b.example/", scopes: ["users", "presence", "routing"] });
		expect([off.losses(), more.losses()]).toEqual([[], []]);
	});
});

describe("another grant type wiped redirect URIs and scopes", () => {
	it("which are there again when one goes back", async () => {
		let stored: Record<string, unknown> = { ...client };
		const api = server()
			.on(`GET ${base}/c1`, () => stored)
			.on(`PUT ${base}/c1`, (body: object) => {
				stored = { ...stored, ...body };
				if (stored.authorizedGrantType === "CLIENT-CREDENTIALS") stored.scope = [];
				return stored;
			});
		const model = new ClientModel(api, "https://inlay.example", selfWith(), "c1");
		await model.facts.load();
		model.change({ grant: "CLIENT-CREDENTIALS", roleIds: ["r"] });
		expect(await model.save()).toBe(true);
		expect(stored.registeredRedirectUri).toEqual(["https://a.example/"]);
		model.change({ grant: "CODE" });
		expect(await model.save()).toBe(true);
		expect(stored).toMatchObject({ registeredRedirectUri: ["https://a.example/"], scope: ["users"] });
	});
});

describe("a lost answer to the creation of a client", () => {
	it("made two clients of one click each", async () => {
		const made: object[] = [];
		const api = server();
		api.on(`GET ${base}`, () => page(...made));
		api.on(`POST ${base}`, (body: object) => {
			made.push({ ...client, ...body, id: `c${made.length + 1}` });
			throw new ApiError(0, {});
		});
		const model = new ClientModel(api, "https://inlay.example", selfWith());
		await model.facts.load();
		model.change({ name: "CRM" });
		expect(await model.save()).toBe(false);
		expect(await model.save()).toBe(true);
		expect([made.length, model.id.value]).toEqual([1, "c1"]);
	});
});
