import { describe, expect, it } from "vitest";
import type { User } from "../../session/wire.ts";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { PersonModel, profileChanges, profileOf } from "./person-model.ts";

const user: User = {
	id: "u1",
	name: "Ann",
	email: "ann@example.com",
	title: "Agent",
	state: "active",
	version: 4,
	division: { id: "home", name: "Home" },
	groups: [{ id: "g1" }],
};
const factorPath = "/api/inlay/v1/users/u1/secondfactor";

function server() {
	return new FakeApi()
		.on("GET /api/v2/users/u1?expand=groups,locations", user)
		.on("GET /api/v2/authorization/subjects/u1?includeDuplicates=true", { id: "u1", grants: [] })
		.on("GET /api/v2/authorization/roles?userCount=false", page())
		.on("GET /api/v2/groups", page())
		.on(`GET ${factorPath}`, { enrolled: true, recoveryCodesLeft: 3, required: false });
}

async function open(api: FakeApi, self = selfWith()) {
	const model = new PersonModel(api, "u1", self);
	await model.facts.load();
	return model;
}

it("who was deleted while somebody edited them was saved, and that was told as if they were there", async () => {
	const api = server().on("PATCH /api/v2/users/u1", () => {
		throw refuse(409, "version.conflict");
	});
	const model = await open(api);
	model.profile.change({ name: "Ann B." });
	api.on("GET /api/v2/users/u1?expand=groups,locations", { ...user, version: 5, state: "deleted" });
	expect(await model.saveProfile()).toBe(false);
	expect([model.profile.saving.error.value?.status, model.profile.form.value?.name]).toEqual([404, "Ann B."]);
});

describe("a person's groups", () => {
	it("are joined and left, and what is typed elsewhere stays as it is", async () => {
		const api = server().on("POST /api/v2/groups/g2/members", {}).on("DELETE /api/v2/groups/g1/members?ids=u1", {});
		const model = await open(api);
		model.profile.change({ name: "Ann B." });
		const both = [model.setMember("g2", true), model.setMember("g1", false)];
		expect(model.groupIds.value).toEqual(["g2"]);
		expect(await Promise.all(both)).toEqual([true, true]);
		expect([model.groupIds.value, model.profile.form.value?.name]).toEqual([["g2"], "Ann B."]);
	});

	it("of two quick changes the one that was asked for first won, and a refusal was gone with the next one", async () => {
		const api = server().on("DELETE /api/v2/groups/g1/members?ids=u1", {});
		api.on("POST /api/v2/groups/g1/members", {});
		api.on("POST /api/v2/groups/g2/members", () => {
			throw refuse(403, "missing.permissions");
		});
		const model = await open(api);
		const mayLeave = model.wish("g1", false);
		const asked = [model.setMember("g1", true), model.setMember("g2", true), model.setMember("g1", false)];
		expect(mayLeave()).toBe(false);
		expect(await Promise.all(asked)).toEqual([true, false, true]);
		expect(model.groupIds.value).toEqual([]);
		expect(model.joining.error.value?.code).toBe("missing.permissions");
		await model.setMember("g1", true);
		expect(model.joining.error.value).toBeUndefined();
	});

	it("were left empty without a question, though a deployment is for one of them", async () => {
		const api = server().on("GET /api/v2/groups/g1", { memberCount: 1 });
		api.on("GET /api/v2/groups/g1/members", page({ id: "u1" }));
		api.on("GET /api/v2/integrations", page({ name: "CRM", config: { current: { properties: { groups: ["g1"] } } } }));
		api.on("POST /api/v2/groups/g2/members", {});
		const model = await open(api);
		const [joined, closed] = await Promise.all([model.setMember("g2", true), model.closedBy("g1")]);
		expect([joined, closed]).toEqual([true, ["CRM"]]);
		api.on("POST /api/v2/groups/g3/members", () => {
			throw refuse(403, "missing.permissions");
		});
		await Promise.all([model.setMember("g3", true), model.closedBy("g1")]);
		expect(model.joining.error.value?.code, "a question after it took the refusal away").toBe("missing.permissions");
		const blind = await open(api, selfWith(grantOf(["directory:group:edit"])));
		expect(await blind.closedBy("g1")).toEqual([]);
	});

	it("jumped back as another box was clicked, or the page was read anew, while a change was on its way", async () => {
		const api = server().on("POST /api/v2/groups/g2/members", {}).on("DELETE /api/v2/groups/g1/members?ids=u1", {});
		const [answered, request] = [Promise.withResolvers<void>(), api.request.bind(api)];
		api.request = async (method, ...rest) => {
			if (method === "DELETE") await answered.promise;
			return request(method, ...rest);
		};
		const model = await open(api);
		model.wish("g1", false);
		const joined = model.setMember("g2", true);
		expect(model.groupIds.value, "the question before leaving is still being looked into").toEqual(["g2"]);
		await joined;
		expect(model.groupIds.value).toEqual(["g2"]);
		const left = model.setMember("g1", false);
		await model.facts.load();
		expect(model.groupIds.value, "the server said g1").not.toContain("g1");
		answered.resolve();
		await left;
		model.wish("g2", false);
		model.unwish("g2");
		expect(model.groupIds.value).not.toContain("g1");
	});

	it("show no group that the server refused", async () => {
		const api = server().on("POST /api/v2/groups/g2/members", () => {
			throw refuse(403, "missing.permissions");
		});
		const model = await open(api);
		expect(await model.setMember("g2", true)).toBe(false);
		expect(model.groupIds.value).toEqual(["g1"]);
		expect(model.joining.error.value?.code).toBe("missing.permissions");
	});

	it("are changed by who owns the group, and by who may change groups everywhere", async () => {
		const group = { id: "g", name: "G", memberCount: 0, state: "active", version: 1 };
		const may = async (...permissions: Parameters<typeof grantOf>) =>
			(await open(server(), selfWith(grantOf(...permissions)))).mayJoin(group);
		expect(await may(["directory:group:edit"])).toBe(true);
		expect(await may(["directory:group:edit"], "home")).toBe(false);
		const owner = await open(server(), selfWith(grantOf(["a:b:c"])));
		expect(owner.mayJoin({ ...group, owners: [{ id: "me" }] })).toBe(true);
	});
});

describe("a person's account", () => {
	it("goes out with what was changed alone: a name that stays is judged by nobody", () => {
		const form = { ...profileOf(user), title: " Lead " };
		expect(profileChanges(form, user)).toEqual({ version: 4, title: "Lead" });
		expect(profileChanges({ ...form, active: false }, user)).toMatchObject({ state: "inactive" });
	});

	it("said nothing of where somebody works; what is known of a place where they stay goes back as it came", () => {
		const desk = { id: "berlin", notes: "Desk 7" };
		const placed = { ...user, locations: [desk] };
		const form = profileOf(placed);
		expect(profileChanges(form, placed)).toEqual({ version: 4 });
		expect(profileChanges({ ...form, locations: ["berlin", "kiel"] }, placed)).toEqual({
			...{ version: 4, locations: [desk, { id: "kiel" }] },
		});
		expect(profileChanges({ ...form, locations: [] }, placed)).toEqual({ version: 4, locations: [] });
	});

	it("says beforehand that a save puts somebody out of work", async () => {
		const model = await open(server());
		expect(model.deactivates).toBe(false);
		model.profile.change({ active: false });
		expect(model.deactivates).toBe(true);
	});

	it("was signed out in the middle of a call, and nobody was told that it would end", async () => {
		const asked = async (conversationSummary: unknown) => {
			const api = server().on("GET /api/v2/users/u1?expand=conversationSummary", { ...user, conversationSummary });
			const model = await open(api);
			await model.inCall.load();
			return model.inCall.value;
		};
		expect(await asked({ call: { contactCenter: { active: 1 }, enterprise: { active: 0 } } })).toBe(true);
		expect(await asked({ call: { contactCenter: { active: 0 }, enterprise: { active: 2 } } })).toBe(true);
		expect(await asked({ call: { contactCenter: { active: 0 }, enterprise: { active: 0 } } })).toBe(false);
		expect(await asked(undefined)).toBe(false);
	});

	it("an old page took back what a colleague had just saved", async () => {
		const theirs = { ...user, name: "Anna", version: 5 };
		let state = theirs;
		const api = server().on("PATCH /api/v2/users/u1", (body: unknown) => {
			const sent = body as Partial<User>;
			if (sent.version !== state.version) throw refuse(409, "version.conflict");
			state = { ...state, ...sent, version: state.version + 1 };
			return state;
		});
		const model = await open(api);
		api.on("GET /api/v2/users/u1?expand=groups,locations", () => state);
		model.profile.change({ title: "Lead" });
		expect(await model.saveProfile()).toBe(true);
		expect(state).toMatchObject({ name: "Anna", title: "Lead" });
	});
});

describe("a person's sign-in", () => {
	it("gets a password that the next sign-in asks to change, and loses a lost second factor", async () => {
		const api = server()
			.on("POST /api/v2/users/u1/password", undefined)
			.on(`DELETE ${factorPath}`, () => {
				api.on(`GET ${factorPath}`, { enrolled: false, recoveryCodesLeft: 0, required: false });
			});
		const model = await open(api);
		expect(await model.setPassword("battery staple", true)).toBe(true);
		expect(api.asked.at(-1)?.body).toEqual({ newPassword: "battery staple", mustChange: true });
		expect(model.facts.value?.factor?.enrolled).toBe(true);
		expect(await model.resetFactor()).toBe(true);
		expect(model.facts.value?.factor?.enrolled).toBe(false);
	});

	it("is not asked for by an administrator who may not look after that, or only in another division", async () => {
		for (const self of [selfWith(grantOf(["a:b:c"])), selfWith(grantOf(["directory:user:setPassword"], "north"))]) {
			const api = server();
			expect((await open(api, self)).facts.value?.factor).toBeUndefined();
			expect(api.asked.some((one) => one.what === `GET ${factorPath}`)).toBe(false);
		}
	});

	it("is shown without its second factor when the right was lost meanwhile", async () => {
		const model = await open(
			server().on(`GET ${factorPath}`, () => {
				throw refuse(403, "missing.permissions");
			}),
		);
		expect(model.facts.value?.factor).toBeUndefined();
	});
});
