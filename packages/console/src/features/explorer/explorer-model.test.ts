import type { ExplainedPanel, ExplainedRow } from "@inlay/contract/explained";
import { beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../session/wire.ts";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { ExplorerModel } from "./explorer-model.ts";

const join = "routing:queue:join";
const row: ExplainedRow = {
	...{ permissions: [join], label: "Routing > Queue > Join", sources: [], place: "menu", scopes: ["routing:readonly"] },
	...{ panelScope: true, scriptScope: true, incomplete: false, shown: false },
};
const explained = "GET /api/inlay/v1/deployments/d/explained/u";
const give = "POST /api/v2/authorization/subjects/u/divisions/*/roles/small";

function role(id: string, ...permissions: string[]): Role {
	const permissionPolicies = permissions.map((permission) => {
		const [domain = "", entityName = "", action = ""] = permission.split(":");
		return { domain, entityName, actionSet: [action] };
	});
	return { id, name: id, permissionPolicies, default: false, version: 1 };
}

let api: FakeApi;
let isGiven: boolean;

beforeEach(() => {
	isGiven = false;
	const panel = (): ExplainedPanel => ({
		user: { id: "u", name: "Ann", state: "active", divisionId: "home" },
		...{ deployment: { id: "d", name: "CRM" }, obstacles: [], settings: "read" },
		features: [{ feature: "queues", permitted: isGiven, shown: isGiven, rows: [{ ...row, shown: isGiven }] }],
	});
	const roles = [role("admin", "*:*:*"), role("team", join, "routing:queue:view"), role("small", join)];
	api = new FakeApi()
		.on(explained, panel)
		.on("GET /api/v2/authorization/roles?userCount=false", page(...roles, role("other", "users:x:y")))
		.on("GET /api/v2/integrations", page({ id: "d", name: "CRM" }, { id: "e", name: "Other" }))
		.on(give, () => {
			isGiven = true;
		});
});

async function opened(self = selfWith()): Promise<ExplorerModel> {
	const model = new ExplorerModel(api, self);
	model.restore({ person: "u", deployment: "d" });
	await model.roles.load();
	await expect.poll(() => model.explained.value).toBeDefined();
	return model;
}

describe("the permission explorer", () => {
	it("opens by its address, with the person's name, and stands in it", async () => {
		const model = await opened();
		expect(model.person.value?.name).toBe("Ann");
		expect(model.place.value).toEqual({ person: "u", deployment: "d" });
		model.choose({ deployment: "" });
		expect(model.explained.value).toBeUndefined();
		expect(model.place.value).toEqual({ person: "u" });
	});

	it("offers the role that gives least, and is right at once when it was given", async () => {
		const model = await opened();
		expect(model.rolesFor(row).map((one) => one.role.id)).toEqual(["small", "team", "admin"]);
		expect(await model.give("small")).toBe(true);
		expect(model.explained.value?.features[0]).toMatchObject({ permitted: true, shown: true });
	});

	it("offers last what holds more than one holds oneself, and gives in the person's division where no other is open", async () => {
		const model = await opened(selfWith(grantOf([join, "authorization:grant:add", "authorization:role:view"], "home")));
		expect(model.rolesFor(row).map((one) => [one.role.id, one.mayGive])).toEqual([
			["small", true],
			["team", false],
			["admin", false],
		]);
		expect(model.divisionId).toBe("home");
	});

	it("says why a role was refused, and keeps the table", async () => {
		api.on(give, () => {
			throw refuse(403, "missing.division.permission");
		});
		const model = await opened();
		expect(await model.give("small")).toBe(false);
		expect(model.giving.error.value?.code).toBe("missing.division.permission");
		expect(model.explained.value).toBeDefined();
	});
});
