import { describe, expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { GroupModel } from "./group-model.ts";

const path = "/api/v2/groups/g1";
const group = { id: "g1", name: "Sales", memberCount: 300, state: "active", version: 2, owners: [{ id: "boss" }] };

function server() {
	return new FakeApi()
		.on(`GET ${path}`, group)
		.on("GET /api/inlay/v1/groups/g1/members", { entities: [{ id: "u1", name: "Ann" }], total: 300 });
}

async function open(api: FakeApi, self = selfWith()) {
	const model = new GroupModel(api, "g1", self);
	await model.group.load();
	return model;
}

const deployment = (name: string, groups?: string[]) => ({ name, config: { current: { properties: { groups } } } });

describe("a group", () => {
	it("of hundreds was read whole, and everybody else with it", async () => {
		const api = server();
		const model = await open(api);
		await model.members.slice.load();
		expect([model.members.pages, model.members.slice.value?.entities.length]).toEqual([12, 1]);
		expect(api.asked.map((one) => one.what)).toEqual([`GET ${path}`, "GET /api/inlay/v1/groups/g1/members"]);
	});

	it("of hundreds could not be searched for one of its members", async () => {
		const api = server().on("GET /api/inlay/v1/groups/g1/members?text=M%C3%BCller%20%26%20co", {
			entities: [],
			total: 0,
		});
		const model = await open(api);
		model.members.restore({ text: " Müller & co" });
		await model.members.slice.load();
		expect(model.members.slice.value?.total).toBe(0);
	});

	it("is changed by its owners, and by who may change groups everywhere", async () => {
		expect((await open(server())).lackToChange()).toBeUndefined();
		const north = selfWith(grantOf(["directory:group:edit"], "north"));
		expect((await open(server(), north)).lackToChange()).toEqual({
			permissions: ["directory:group:edit"],
			divisionId: "*",
		});
		const owned = server().on(`GET ${path}`, { ...group, owners: [{ id: "me" }] });
		expect((await open(owned, north)).lackToChange()).toBeUndefined();
	});

	it("says which deployments close and which roles go with it", async () => {
		const api = server()
			.on(
				"GET /api/v2/integrations",
				page(deployment("CRM", ["g1", "g2"]), deployment("Other", ["g2"]), deployment("All")),
			)
			.on("GET /api/v2/authorization/subjects/g1", {
				id: "g1",
				grants: [grantOf(["a:b:c"], "north"), grantOf(["a:b:c"], "south")],
			});
		const model = await open(api);
		await model.use.load();
		expect(model.use.value).toEqual({ deployments: ["CRM"], alone: [], roles: ["r"] });
	});

	it("was emptied without a question, though a deployment is for it", async () => {
		const api = server().on("GET /api/v2/integrations", page(deployment("CRM", ["g1"]), deployment("All")));
		api.on(`GET ${path}/members`, page({ id: "u1" }));
		const model = await open(api);
		expect(await model.closedBy("u1"), "one of 300").toEqual([]);
		api.on(`GET ${path}`, { ...group, memberCount: 1 });
		expect([await model.closedBy("u1"), await model.closedBy("u2")]).toEqual([["CRM"], []]);
		api.on(`GET ${path}`, () => {
			throw refuse(0, "network");
		});
		expect([await model.closedBy("u1"), model.changing.error.value?.code]).toEqual([undefined, "network"]);
	});

	it("was deleted, and a deployment that was for it alone was open to everybody: that is asked for by name", async () => {
		const api = server()
			.on("GET /api/v2/integrations", page(deployment("CRM", ["g1"])))
			.on("GET /api/v2/authorization/subjects/g1", { id: "g1", grants: [] })
			.on(`DELETE ${path}`, undefined)
			.on(`DELETE ${path}?opensDeployments=true`, undefined);
		const model = await open(api);
		await model.use.load();
		expect(model.use.value?.alone).toEqual(["CRM"]);
		expect([await model.remove(), await model.remove(true)]).toEqual([true, true]);
		expect(api.asked.filter(({ what }) => what.startsWith("DELETE")).map(({ what }) => what)).toEqual([
			`DELETE ${path}`,
			`DELETE ${path}?opensDeployments=true`,
		]);
	});

	it("could not be given a role on its own page", async () => {
		const api = server()
			.on("GET /api/v2/authorization/subjects/g1?includeDuplicates=true", { id: "g1", grants: [] })
			.on("GET /api/v2/authorization/roles?userCount=false", page())
			.on("GET /api/v2/authorization/divisions", page())
			.on("POST /api/v2/authorization/subjects/g1/divisions/*/roles/r1?subjectType=PC_GROUP", undefined);
		const model = await open(api);
		expect(await model.roles.give("r1", "*")).toBe(true);
	});

	it("asks for nothing that may not be seen", async () => {
		const model = await open(server(), selfWith(grantOf(["directory:group:delete"])));
		await model.use.load();
		expect(model.use.value).toEqual({});
	});

	it("took from oneself what one had by it alone, and nobody said so", async () => {
		const byGroup = grantOf(["directory:group:edit", "oauth:client:edit"], "*", { subjectId: "g1" });
		const own = grantOf(["oauth:client:edit"], "*");
		const model = await open(server(), selfWith(byGroup, own));
		expect(model.losses()).toEqual(["editGroups"]);
	});

	it("reads anew what one may do after each change of its members", async () => {
		const api = server().on(`POST ${path}/members`, {}).on(`DELETE ${path}/members?ids=u1`, {});
		const self = selfWith();
		const model = await open(api, self);
		expect(await model.add(["u1"])).toBe(true);
		expect(await model.takeOut("u1")).toBe(true);
		expect(self.readings).toBe(2);
	});

	it("took a request and a reading for each of many new members", async () => {
		const api = server().on(`POST ${path}/members`, {});
		const model = await open(api);
		expect(await model.add(["u1", "u2", "u3"])).toBe(true);
		const sent = api.asked.filter(({ what }) => what.startsWith("POST") && what.endsWith("/members"));
		expect(sent.map(({ body }) => body)).toEqual([{ memberIds: ["u1", "u2", "u3"] }]);
	});

	it("renamed by an old page kept the colleague's description", async () => {
		let state = { ...group, description: "theirs", version: 3 };
		const api = server().on(`PUT ${path}`, (body: unknown) => {
			const sent = body as typeof state;
			if (sent.version !== state.version) throw refuse(409, "version.conflict");
			state = { ...state, ...sent, version: state.version + 1 };
			return state;
		});
		const model = await open(api);
		api.on(`GET ${path}`, () => state);
		model.details.change({ name: " Sales North " });
		expect(await model.saveDetails()).toBe(true);
		expect(state).toMatchObject({ name: "Sales North", description: "theirs" });
	});
});
