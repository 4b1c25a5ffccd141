import { describe, expect, it } from "vitest";
import { FakeApi, page, refuse } from "../../test-support/fake-api.ts";
import { NewPersonModel, problemsOf } from "./new-person-model.ts";

const form = { name: "Ann", email: "ann@example.com", password: "long enough", roleIds: ["r"] };

describe("a person to add", () => {
	it.each([
		[{}, []],
		[{ name: " " }, ["name"]],
		[{ email: "ann" }, ["email"]],
		[{ password: "short" }, ["password"]],
	])("with %o has something to put right in %o", (change, problems) => {
		expect([...problemsOf({ ...form, ...change })]).toEqual(problems);
	});

	it("is not added twice when only the roles failed", async () => {
		let refused = true;
		const api = new FakeApi()
			.on("GET /api/v2/authorization/roles", page())
			.on("GET /api/v2/users/me", { id: "me", division: { id: "home" } })
			.on("POST /api/v2/users", { id: "u1" })
			.on("PUT /api/v2/users/u1/roles", () => {
				if (refused) throw refuse(403, "missing.permissions");
				return {};
			});
		const model = new NewPersonModel(api);
		model.change(form);
		expect(await model.save()).toBeUndefined();
		refused = false;
		expect(await model.save()).toBe("u1");
		expect(api.asked.filter((one) => one.what === "POST /api/v2/users")).toHaveLength(1);
	});
});
