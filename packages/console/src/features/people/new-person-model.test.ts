import { beforeEach, describe, expect, it } from "vitest";
import { divisions } from "../../session/divisions.ts";
import type { Role } from "../../session/wire.ts";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { NewPersonModel, problemsOf } from "./new-person-model.ts";

const form = { name: "Ann", email: "ann@example.com", password: "long enough", divisionId: "home", roleIds: ["r"] };

beforeEach(() => {
	divisions.value = [
		{ id: "north", name: "North" },
		{ id: "home", name: "Home", homeDivision: true },
	];
});

function role(id: string, domain: string, ...actionSet: string[]): Role {
	return { id, name: id, permissionPolicies: [{ domain, entityName: "x", actionSet }], default: false, version: 1 };
}

describe("a person to add", () => {
	it.each([
		[{}, []],
		[{ name: " " }, ["name"]],
		[{ name: "n".repeat(201) }, ["name"]],
		[{ email: "ann" }, ["email"]],
		[{ email: "ann @example.com" }, ["email"]],
		[{ password: "short" }, ["password"]],
		[{ name: "", email: "", password: "" }, ["name", "email", "password"]],
	])("with %o has something to put right in %o", (change, problems) => {
		expect([...problemsOf({ ...form, ...change })]).toEqual(problems);
	});

	it("is not added twice, nor given a role twice, when only a role failed", async () => {
		let refused = true;
		const grant = (id: string) => `POST /api/v2/authorization/subjects/u1/divisions/home/roles/${id}`;
		const api = new FakeApi()
			.on("POST /api/v2/users", { id: "u1" })
			.on(grant("r"), undefined)
			.on(grant("s"), () => {
				if (refused) throw refuse(403, "missing.division.permission");
			});
		const model = new NewPersonModel(api, selfWith());
		model.change({ ...form, roleIds: ["r", "s"] });
		expect(await model.save()).toBeUndefined();
		refused = false;
		expect(await model.save()).toBe("u1");
		const asked = api.asked.map((one) => one.what);
		expect(asked).toEqual(["POST /api/v2/users", grant("r"), grant("s"), grant("s")]);
	});

	it("has to change a password that two people know", async () => {
		const api = new FakeApi().on("POST /api/v2/users", { id: "u1" });
		const model = new NewPersonModel(api, selfWith());
		model.change({ ...form, roleIds: [] });
		await model.save();
		expect(api.asked[0]?.body).toMatchObject({ mustChangePassword: true, divisionId: "home" });
	});

	it("is offered the divisions in which one may add people, the home division first", () => {
		expect(new NewPersonModel(new FakeApi(), selfWith()).places()).toEqual(["home", "north"]);
		const northern = selfWith(grantOf(["directory:user:add"], "north"));
		const model = new NewPersonModel(new FakeApi(), northern);
		expect([model.places(), model.form.value.divisionId]).toEqual([["north"], "north"]);
	});

	it("was offered roles that the server then refused to give", async () => {
		const self = selfWith(grantOf(["directory:user:add", "authorization:grant:add", "a:x:view"], "home"));
		const model = new NewPersonModel(new FakeApi(), self);
		const roles = [role("small", "a", "view"), role("big", "a", "view", "edit"), role("all", "*", "*")];
		expect(model.givable(roles).map((one) => one.id)).toEqual(["small"]);
		model.change({ divisionId: "north" });
		expect(model.givable(roles)).toEqual([]);
	});

	it("asks for no roles where they may not be seen", async () => {
		const api = new FakeApi().on("GET /api/v2/authorization/roles?userCount=false", page());
		const model = new NewPersonModel(api, selfWith(grantOf(["directory:user:add"])));
		await model.roles.load();
		expect(model.roles.value).toEqual([]);
		expect(api.asked.map((one) => one.what)).toEqual(["GET /api/v2/authorization/divisions"]);
	});
});
