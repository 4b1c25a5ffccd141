import { agentScopes } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import type { Configuration } from "../../session/wire.ts";
import { FakeApi, memoryStore, page, refuse } from "../../test-support/fake-api.ts";
import { selfWith } from "../../test-support/selves.ts";
import { DeploymentModel } from "./deployment-model.ts";
import { leavingGroups } from "./release-model.ts";

const id = "d1";
const current = `/api/v2/integrations/${id}/config/current`;

/** A server that keeps one configuration under optimistic locking, as the real one does. */
function server() {
	const state: Configuration = {
		name: "CRM",
		version: 3,
		properties: { frameworkJs: "one()", kept: true },
		advanced: {},
		notes: "",
		credentials: {},
	};
	const api = new FakeApi()
		.on("GET /api/inlay/v1/oauth/scopes/enforcement", { enforceScopes: false })
		.on(`GET /api/v2/integrations/${id}`, () => ({ id, name: state.name, config: { current: state } }))
		.on(`GET ${current}`, () => state)
		.on(`PUT ${current}`, (sent: Configuration) => {
			if (sent.version !== state.version) throw refuse(409, "version.conflict");
			return Object.assign(state, sent, { version: state.version + 1 });
		})
		.on(`POST /api/inlay/v1/deployments/${id}/scripts/1/restore?replaces=none`, () => {
			state.properties = { ...state.properties, frameworkJs: "zero()" };
			state.version += 1;
			return state;
		})
		.on("GET /api/v2/groups", page())
		.on("GET /api/v2/oauth/clients", page())
		.on(`GET /api/inlay/v1/deployments/${id}/scripts`, { entities: [], release: {} });
	const elsewhere = (change: Partial<Configuration>) => Object.assign(state, change, { version: state.version + 1 });
	return { api, state, elsewhere };
}

async function open(api: FakeApi, store = memoryStore()) {
	const model = new DeploymentModel(api, id, selfWith(), { url: "https://panel.example", region: "local" }, store);
	await model.facts.load();
	return model;
}

describe("a deployment's configuration", () => {
	it("is saved under the version that was read, what the form does not show included", async () => {
		const { api, state } = server();
		const model = await open(api);
		model.change({ name: "CRM two" });
		expect(await model.save()).toBe(true);
		expect(state).toMatchObject({ name: "CRM two", version: 4, properties: { frameworkJs: "one()", kept: true } });
		expect(model.changed.value).toEqual([]);
	});

	it("of a script that was refused, the error stood beside the next one", async () => {
		const { api } = server();
		const model = await open(api);
		api.on(`PUT ${current}`, () => {
			throw refuse(400, "script.invalid", "properties.frameworkJs");
		});
		model.change({ frameworkJs: "two(" });
		expect([await model.save(), model.saving.error.value?.code]).toEqual([false, "script.invalid"]);
		model.change({ name: "CRM two" });
		expect(model.saving.error.value?.code, "it is about the script").toBe("script.invalid");
		model.change({ frameworkJs: "two()" });
		expect(model.saving.error.value).toBeUndefined();
	});

	it("lost what was typed into the script while it was saved", async () => {
		const { api, state } = server();
		const model = await open(api);
		model.change({ name: "CRM two" });
		const saving = model.save();
		model.change({ frameworkJs: "two()" });
		expect(await saving).toBe(true);
		expect(state.properties.frameworkJs).toBe("one()");
		expect([model.draft.value?.frameworkJs, model.changed.value]).toEqual(["two()", ["frameworkJs"]]);
	});

	it("saved, it stood there as before: a reading from before the save came after it", async () => {
		const { api, state } = server();
		const model = await open(api);
		const before = structuredClone(state);
		const slow = Promise.withResolvers<void>();
		const request = api.request.bind(api);
		api.request = async <T>(...asked: Parameters<typeof request>): Promise<T> => {
			if (asked[0] !== "GET" || asked[1] !== current) return request<T>(...asked);
			api.request = request;
			await slow.promise;
			return before as T;
		};
		const reading = model.facts.load();
		model.change({ name: "CRM two" });
		const saving = model.save();
		await expect.poll(() => state.version).toBe(4);
		slow.resolve();
		await Promise.all([reading, saving]);
		expect([model.draft.value?.name, model.base.value?.version]).toEqual(["CRM two", 4]);
	});

	it("gives the editor's text to some groups first and keeps what else is unsaved; refused, it keeps the text, too", async () => {
		const { api } = server();
		const asked: unknown[] = [];
		api.on(`POST /api/inlay/v1/deployments/${id}/scripts`, (sent: { groups: string[] }) => {
			asked.push(sent);
			if (sent.groups.includes("gone")) throw refuse(400, "invalid.property", "groups");
			return { release: { version: 1, staged: { version: 2 } } };
		});
		const model = await open(api);
		model.change({ frameworkJs: "two()", notes: "mine" });
		expect(await model.stageDraft({ groups: ["gone"], replaces: undefined })).toBeUndefined();
		expect(model.releases.changing.error.value?.fields).toEqual(["groups"]);
		expect(model.draft.value?.frameworkJs).toBe("two()");
		expect(await model.stageDraft({ groups: ["sales"], replaces: 7 })).toBe(2);
		expect(asked.at(-1)).toEqual({ source: "two()", groups: ["sales"], replaces: 7 });
		expect([model.draft.value?.frameworkJs, model.changed.value]).toEqual(["one()", ["notes"]]);
	});

	it("why a version could not go to some groups stood there after it had gone to everybody", async () => {
		const { api } = server();
		api.on(`POST /api/inlay/v1/deployments/${id}/scripts`, () => {
			throw refuse(400, "invalid.property", "groups");
		});
		const model = await open(api);
		model.change({ frameworkJs: "two()" });
		await model.stageDraft({ groups: ["gone"], replaces: undefined });
		expect(model.releases.changing.error.value?.code).toBe("invalid.property");
		expect([await model.save(), model.releases.changing.error.value]).toEqual([true, undefined]);
	});

	it("says what reaches agents at once, and how many have a panel open, where it is on", async () => {
		const { api } = server();
		const path = `GET /api/v2/integrations/${id}`;
		api.on("GET /api/inlay/v1/panels", {
			agents: 9,
			entities: [{ deploymentId: id, agents: 3, current: [], versions: [] }],
		});
		const model = await open(api);
		model.change({ frameworkJs: "two()" });
		expect(model.gifts()).toEqual([]);
		api.on(path, { id, name: "CRM", intendedState: "ENABLED", config: { current: {} } });
		await Promise.all([model.facts.load(), model.agentsNow.load()]);
		expect([model.gifts().map(({ code }) => code), model.agentsNow.value]).toEqual([["givesScript"], 3]);
	});

	it("the question before a save answered from what was read when the page was loaded", async () => {
		const { api, elsewhere } = server();
		const config = `GET /api/v2/integrations/${id}/config/current`;
		const scripts = `GET /api/inlay/v1/deployments/${id}/scripts`;
		const model = await open(api);
		model.change({ frameworkJs: "two()" });
		api.on(scripts, () => {
			throw new Error("a configuration tells what is staged: the versions are read for nothing");
		});
		expect(await model.effects()).toEqual([]);
		api.on(`GET /api/v2/integrations/${id}`, {
			...{ id, name: "CRM", intendedState: "ENABLED", config: { current: {} } },
		});
		elsewhere({ inlayStaged: { version: 2, groups: [] } });
		expect((await model.effects())?.map(({ code }) => code)).toEqual(["losesStaged", "givesScript"]);
		api.on(config, () => {
			throw refuse(503, "service.unavailable", "x");
		});
		expect(await model.effects(), "what could not be read is not nothing").toBeUndefined();
		expect([model.saving.error.value?.status, model.base.value?.inlayStaged?.version]).toEqual([503, 2]);
	});

	it("a link led into the editor and, once the versions had come, into a comparison of it as well", async () => {
		const { api } = server();
		const scripts = `GET /api/inlay/v1/deployments/${id}/scripts`;
		api.on(`${scripts}/1`, { version: 1, source: "older()" });
		const model = await open(api);
		expect([await model.lookAt(1, true), model.comparing.value]).toEqual([true, undefined]);
		expect(model.draft.value?.frameworkJs).toBe("older()");
		expect([await model.lookAt(1, true), model.comparing.value], "an unsaved text stays").toEqual([false, 1]);
		model.comparing.value = undefined;
		model.discard();
		expect([await model.lookAt(1, false), model.comparing.value], "who may not write").toEqual([false, 1]);
	});

	it("keeps what it refused to save", async () => {
		const { api } = server();
		api.on(`PUT ${current}`, () => {
			throw refuse(400, "invalid.property", "properties.frameworkJs");
		});
		const model = await open(api);
		model.change({ frameworkJs: "(" });
		expect(await model.save()).toBe(false);
		expect(model.saving.error.value?.fields).toEqual(["properties.frameworkJs"]);
		expect(model.draft.value?.frameworkJs).toBe("(");
	});

	it("merges without a question where two changed different things", async () => {
		const { api, state, elsewhere } = server();
		const model = await open(api);
		model.change({ notes: "mine" });
		elsewhere({ name: "Theirs" });
		expect(await model.save()).toBe(true);
		expect(state).toMatchObject({ name: "Theirs", notes: "mine" });
	});

	it.each([
		["mine", "mine"],
		["theirs", "theirs"],
	] as const)("asks where both changed the same, and lets %s stand", async (whose, notes) => {
		const { api, state, elsewhere } = server();
		const model = await open(api);
		model.change({ notes: "mine", frameworkJs: "mine()" });
		elsewhere({ notes: "theirs" });
		expect(await model.save()).toBe(false);
		expect(model.conflict.value?.fields).toEqual(["notes"]);
		expect(state.notes).toBe("theirs");
		expect(await model.resolve(whose)).toBe(true);
		expect(state).toMatchObject({ notes, properties: { frameworkJs: "mine()" } });
		expect(model.conflict.value).toBeUndefined();
	});

	it("a version that somebody gave to some groups between the question and the save was ended in silence", async () => {
		const { api, state, elsewhere } = server();
		const model = await open(api);
		model.change({ frameworkJs: "two()" });
		expect(await model.effects()).toEqual([]);
		elsewhere({ inlayStaged: { version: 5, groups: [{ id: "g" }] } });
		expect([await model.save(), state.properties.frameworkJs]).toEqual([false, "one()"]);
		expect(model.conflict.value).toMatchObject({ fields: ["frameworkJs"], staged: 5 });
		model.conflict.value = undefined;
		expect([await model.save(), model.conflict.value]).toEqual([false, expect.objectContaining({ staged: 5 })]);
		expect(await model.resolve("mine")).toBe(true);
		expect(state.properties.frameworkJs).toBe("two()");
	});

	it("of one that is switched off, a save ended what some groups were to have first without a question", async () => {
		const { api, elsewhere } = server();
		elsewhere({ inlayStaged: { version: 5, groups: [{ id: "g" }] } });
		const model = await open(api);
		model.change({ notes: "other" });
		expect(model.losses()).toEqual([]);
		model.change({ frameworkJs: "two()" });
		expect(model.losses()).toEqual([{ code: "losesStaged", names: [] }]);
	});

	/** One that signs agents in, and is the deployment's. */
	const client = {
		...{ id: "c", name: "CRM", state: "active", authorizedGrantType: "TOKEN", accessTokenValiditySeconds: 64_800 },
		...{ scope: [...agentScopes], registeredRedirectUri: ["https://panel.example/crm/index.html"] },
	};
	function withClient() {
		const { api, state, elsewhere } = server();
		elsewhere({ properties: { frameworkJs: "one()", clientId: "c" } });
		api.on("GET /api/v2/oauth/clients", page(client)).on("GET /api/v2/oauth/clients/c", client);
		api.on(`PATCH /api/v2/integrations/${id}`, {});
		return { api, state, elsewhere };
	}

	it("a client whose authorization was revoked was called what the panel needs", async () => {
		const { api } = withClient();
		const authorized = (scope: string[]) => ({ client: { id: "c" }, scope });
		const tell = (scope: string[]) =>
			api
				.on("GET /api/v2/oauth/authorizations", page(authorized(scope)))
				.on("GET /api/v2/oauth/authorizations/c", authorized(scope));
		api.on("GET /api/inlay/v1/oauth/scopes/enforcement", { enforceScopes: true });
		tell([]);
		const model = await open(api);
		const errors = () => model.signInCheck.value?.findings.filter(({ severity }) => severity === "error");
		const found = () => errors()?.map(({ cause }) => cause.say);
		expect([found(), model.signInCheck.value?.isReady]).toEqual([["client.unauthorized.cause"], false]);
		const { on, unready } = await model.activate();
		expect([on, unready?.map(({ cure }) => cure.at?.thing.kind)]).toEqual([false, ["application"]]);
		tell([...agentScopes]);
		await model.lookAgain();
		expect([found(), model.signInCheck.value?.isReady]).toEqual([[], true]);
	});

	it("a client that was changed elsewhere went on being called fine, and the deployment was activated with it", async () => {
		const { api } = withClient();
		const model = await open(api);
		model.change({ notes: "typed" });
		expect([await model.activate(), model.signInCheck.value?.isReady]).toEqual([{ on: true }, true]);
		const bad = { ...client, registeredRedirectUri: [] };
		api.on("GET /api/v2/oauth/clients", page(bad)).on("GET /api/v2/oauth/clients/c", bad);
		await model.lookAgain();
		expect([model.signInCheck.value?.isReady, model.draft.value?.notes]).toEqual([false, "typed"]);
		const { on, unready } = await model.activate();
		expect([on, unready?.[0]?.cause.say]).toEqual([false, "client.not.ready.redirectUris.cause"]);
		api.on("GET /api/v2/oauth/clients/c", () => {
			throw refuse(503, "service.unavailable");
		});
		await model.lookAgain();
		expect(model.facts.value?.clients).toHaveLength(1);
		api.on("GET /api/v2/oauth/clients/c", () => {
			throw refuse(404, "not.found");
		});
		await model.lookAgain();
		expect(model.facts.value?.clients).toEqual([]);
	});

	it("the look of each minute read the script, everybody's clients and groups, and took the question of a conflict away", async () => {
		const { api, elsewhere } = withClient();
		api.on("GET /api/v2/groups", page({ id: "g", name: "Sales" }, { id: "h", name: "Gone" }));
		elsewhere({ properties: { frameworkJs: "one()", clientId: "c", groups: ["g", "h"] } });
		const model = await open(api);
		model.change({ notes: "mine" });
		elsewhere({ notes: "theirs" });
		expect([await model.save(), model.conflict.value?.fields]).toEqual([false, ["notes"]]);
		const before = api.asked.length;
		api.on("GET /api/v2/groups?id=g,h", page({ id: "g", name: "Sales North" }));
		await model.lookAgain();
		expect(api.asked.slice(before).map(({ what }) => what)).toEqual([
			"GET /api/v2/oauth/clients/c",
			"GET /api/inlay/v1/oauth/scopes/enforcement",
			"GET /api/v2/groups?id=g,h",
		]);
		expect(model.facts.value?.groups.map(({ name }) => name)).toEqual(["Sales North"]);
		await model.facts.load();
		expect(model.conflict.value?.fields, "nor does a reading of all of it").toEqual(["notes"]);
		expect([await model.resolve("mine"), model.base.value?.notes]).toEqual([true, "mine"]);
	});

	it("a look that came after a later reading of all took that back", async () => {
		const { api } = withClient();
		const model = await open(api);
		const slow = Promise.withResolvers<void>();
		const request = api.request.bind(api);
		api.request = async <T>(...asked: Parameters<typeof request>): Promise<T> => {
			const answer = await request<T>(...asked);
			if (asked[1].endsWith("/clients/c")) await slow.promise;
			return answer;
		};
		const looking = model.lookAgain();
		api.on("GET /api/v2/oauth/clients", page({ ...client, name: "Newer" }));
		await model.facts.load();
		slow.resolve();
		await looking;
		expect(model.facts.value?.clients.map(({ name }) => name)).toEqual(["Newer"]);
	});

	it("a trial of one administrator was told of as a version that some groups have", async () => {
		const { api, elsewhere } = server();
		elsewhere({ inlayStaged: { version: 5, groups: [], user: { id: "me" } } });
		const model = await open(api);
		model.change({ frameworkJs: "two()" });
		expect(model.losses()).toEqual([{ code: "losesTrial", names: [] }]);
	});

	it("groups that had a version first lost it without a word to whoever tries it alone", () => {
		const staged = { version: 5, groups: [{ id: "a" }, { id: "b" }] };
		expect(leavingGroups(staged, [])).toEqual(["a", "b"]);
		expect(leavingGroups(staged, ["b", "c"])).toEqual(["a"]);
		expect(leavingGroups({ version: 5, groups: [], user: { id: "me" } }, [])).toEqual([]);
		expect(leavingGroups(undefined, ["a"])).toEqual([]);
	});

	it("goes back to an earlier upload without losing other entries", async () => {
		const { api } = server();
		const model = await open(api);
		model.change({ notes: "mine" });
		expect(await model.restore(1, null)).toBe(true);
		expect(model.draft.value).toMatchObject({ notes: "mine", frameworkJs: "zero()" });
		expect(model.changed.value).toEqual(["notes"]);
	});
});

describe("a draft", () => {
	it("outlives the page", async () => {
		const { api } = server();
		const store = memoryStore();
		(await open(api, store)).change({ notes: "mine" });
		const again = await open(api, store);
		expect(again.draft.value?.notes).toBe("mine");
		expect(await again.save()).toBe(true);
		expect(store.values.size).toBe(0);
	});

	it("of another time does not overwrite what was changed since, unasked", async () => {
		const { api, state, elsewhere } = server();
		const store = memoryStore();
		(await open(api, store)).change({ notes: "mine" });
		elsewhere({ notes: "theirs" });
		const again = await open(api, store);
		expect(await again.save()).toBe(false);
		expect(again.conflict.value?.fields).toEqual(["notes"]);
		expect(state.notes).toBe("theirs");
	});

	it("that is discarded is gone", async () => {
		const { api } = server();
		const store = memoryStore();
		const model = await open(api, store);
		model.change({ notes: "mine" });
		model.discard();
		expect([model.draft.value?.notes, store.values.size]).toEqual(["", 0]);
	});
});

describe("the client that the panel signs in with", () => {
	it("gets the redirect URIs that it lacks, beside its own", async () => {
		const { api } = server();
		const clientId = "0a000000-0000-4000-8000-000000000001";
		const client = {
			id: clientId,
			name: "Half",
			authorizedGrantType: "CODE",
			registeredRedirectUri: ["https://elsewhere.example/", "https://panel.example/crm/index.html"],
			scope: [],
			state: "active",
		};
		let sent: unknown;
		api.on("GET /api/v2/oauth/clients", page(client));
		api.on(`GET /api/v2/oauth/clients/${clientId}`, client);
		api.on(`PUT /api/v2/oauth/clients/${clientId}`, (body: unknown) => {
			sent = body;
			return client;
		});
		const model = await open(api);
		model.change({ clientId });
		expect(await model.repairClient()).toBe(true);
		expect(sent).toEqual({
			name: "Half",
			registeredRedirectUri: [
				"https://elsewhere.example/",
				"https://panel.example/crm/index.html",
				"https://panel.example/crm/authWindow.html",
			],
		});
	});
});
