import { describe, expect, it } from "vitest";
import { type Authorization, applicationFormOf, applicationOf, isOfPeople, stopping } from "./application-form.ts";
import { usageOf } from "./usage.ts";

function authorization(name: string, state: Authorization["state"], more: Partial<Authorization["client"]> = {}) {
	const client = {
		id: name,
		name,
		scope: ["users", "presence"],
		authorizedGrantType: "CODE",
		state: "active",
		...more,
	};
	return { client, scope: state === "Authorized" ? ["users"] : [], roles: [], pending: false, state };
}

describe("authorized applications", () => {
	it("one that waits is offered all that its client asks for, one that is authorized what it has", () => {
		const form = (state: Authorization["state"]) =>
			applicationFormOf(applicationOf(authorization("CRM", state))).scopes;
		expect([form("Authorized"), form("Requested"), form("Revoked")]).toEqual([
			["users"],
			["users", "presence"],
			["users", "presence"],
		]);
	});

	it("enforcing scopes took applications from people without a question", () => {
		const all = [
			authorization("CRM", "Authorized"),
			authorization("Wallboard", "Unauthorized"),
			authorization("Old", "Revoked", { state: "inactive" }),
			authorization("Robot", "Revoked", { authorizedGrantType: "CLIENT-CREDENTIALS" }),
			authorization("Asked", "Requested"),
		];
		expect(stopping(all)).toEqual(["Wallboard", "Asked"]);
		expect(all.filter(isOfPeople)).toHaveLength(4);
	});

	it("an operation that was asked for in two months stood there twice", () => {
		const counts = { requests: 2, status400: 1, status429: 0, status500: 0 };
		const row = { httpMethod: "GET", templateUri: "/api/v2/users/me", ...counts };
		expect(usageOf([row, { ...row, templateUri: "/a", requests: 9 }, row])).toEqual([
			{ operation: "GET /a", requests: 9, refused: 1, tooMany: 0, failed: 0 },
			{ operation: "GET /api/v2/users/me", requests: 4, refused: 2, tooMany: 0, failed: 0 },
		]);
	});
});
