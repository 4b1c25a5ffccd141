import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { seedClient } from "./seed.ts";

let people: TestPeople;
let token: string;
let agentRoleId: string;

beforeAll(async () => {
	people = await testPeople();
	const admin = (await seedClient(people, { name: "Admin", grant: "CLIENT-CREDENTIALS", roles: ["admin"] })).client;
	token = (await people.oauth.issueToken({ clientId: admin.id })).accessToken;
	agentRoleId = (await people.authorization.defaultRole("agent")).id;
});

afterAll(() => people.close());

const path = "/api/v2/oauth/clients";
const good = {
	name: "Panel",
	authorizedGrantType: "CODE",
	registeredRedirectUri: ["https://crm.example/cb"],
	scope: ["users", "user-basic-info"],
};

let count = 0;

function create(change: object = {}) {
	return people.call("POST", path, { token, body: { ...good, name: `Panel no. ${++count}`, ...change } });
}

test("a client is created, read, listed and changed; its secret is shown once", async () => {
	const made = (await create({ name: good.name, accessTokenValiditySeconds: 64_800 })).json();
	expect(made).toMatchObject({ ...good, state: "active", accessTokenValiditySeconds: 64_800 });
	expect(made.secret).toMatch(/^[\w-]{43}$/);
	const read = (await people.call("GET", `${path}/${made.id}`, { token })).json();
	const { secret: _secret, ...withoutSecret } = made;
	expect(read).toEqual(withoutSecret);
	expect((await people.call("GET", path, { token })).body).not.toContain(made.secret);
	const changed = await people.call("PUT", `${path}/${made.id}`, { token, body: { ...read, name: "Panel 2" } });
	expect(changed.json()).toMatchObject({ name: "Panel 2", scope: good.scope, accessTokenValiditySeconds: 64_800 });
});

test("a new secret replaces the old one", async () => {
	const body = { name: "Robot", authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: [agentRoleId] };
	const made = (await people.call("POST", path, { token, body })).json();
	const home = await people.authorization.homeDivisionId();
	expect(made.roleDivisions).toEqual([{ roleId: agentRoleId, divisionId: home }]);
	const renewed = (await people.call("POST", `${path}/${made.id}/secret`, { token })).json();
	const ask = (secret: string) =>
		people.http.inject({
			method: "POST",
			url: "/oauth/token",
			payload: { grant_type: "client_credentials", client_id: made.id, client_secret: secret },
		});
	expect((await ask(made.secret)).statusCode).toBe(400);
	expect((await ask(renewed.secret)).statusCode).toBe(200);
});

describe("refused, and nothing stored:", () => {
	test.each([
		[{ authorizedGrantType: undefined }, "grant.type.required"],
		[{ authorizedGrantType: "PASSWORD" }, "bad.grant.type"],
		[{ scope: ["users", "everything"] }, "auth.invalid.scope"],
		[{ state: "inactive" }, "bad.client.state"],
		[{ state: "sleeping" }, "bad.client.state"],
		[{ authorizedGrantType: "CLIENT-CREDENTIALS", scope: [] }, "missing.client.roles"],
		[
			{ authorizedGrantType: "CLIENT-CREDENTIALS", scope: [], roleDivisions: [{ roleId: "x", divisionId: "*" }] },
			"bad.client.role",
		],
		[{ accessTokenValiditySeconds: 299 }, "invalid.value"],
		[{ accessTokenValiditySeconds: 172_801 }, "invalid.value"],
		[{ accessTokenValiditySeconds: "long" }, "constraint.validation"],
		[{ registeredRedirectUri: ["/cb"] }, "invalid.value"],
		[{ registeredRedirectUri: ["javascript:alert(1)"] }, "invalid.value"],
		[{ registeredRedirectUri: ["https://crm.example/cb#x"] }, "invalid.value"],
		[{ registeredRedirectUri: ["https://crm.example/a b"] }, "invalid.value"],
		[{ registeredRedirectUri: ["http://evil\\@x"] }, "invalid.value"],
		[{ registeredRedirectUri: ["https:evil.test"] }, "invalid.value"],
		[{ registeredRedirectUri: ["http:///evil.test"] }, "invalid.value"],
		[{ registeredRedirectUri: ["http://evil.test/*"] }, "invalid.value"],
		[{ registeredRedirectUri: ["https://me@crm.example/"] }, "invalid.value"],
		[{ registeredRedirectUri: ["https://@crm.example/"] }, "invalid.value"],
		[{ registeredRedirectUri: ["https://crm.example/\u0001"] }, "invalid.value"],
		[{ registeredRedirectUri: ["http://127.1/cb"] }, "invalid.value"],
		[{ name: " " }, "invalid.value"],
		[{ name: 7 }, "constraint.validation"],
	])("%j is %s", async (change, code) => {
		const before = (await people.oauth.clients.list()).length;
		const answer = await create(change);
		expect([answer.statusCode, answer.json().code]).toEqual([400, code]);
		expect(answer.json().details[0].fieldName).toBeTruthy();
		expect(await people.oauth.clients.list()).toHaveLength(before);
	});

	test("malformed JSON", async () => {
		const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
		const answer = await people.http.inject({ method: "POST", url: path, headers, payload: '{"name":' });
		expect([answer.statusCode, answer.json().code]).toEqual([400, "bad.request"]);
	});

	test("an unknown client", async () => {
		for (const [method, url] of [
			["GET", `${path}/nobody`],
			["PUT", `${path}/nobody`],
			["DELETE", `${path}/nobody`],
			["POST", `${path}/nobody/secret`],
		] as const) {
			const answer = await people.call(method, url, { token, ...(method === "PUT" ? { body: good } : {}) });
			expect([answer.statusCode, answer.json().code]).toEqual([404, "client.not.found"]);
		}
	});
});

test("a redirect URI in capitals was taken and never matched what browsers send: its normal form is named", async () => {
	for (const uri of ["HTTPS://crm.example/Cb", "https://CRM.example/Cb"]) {
		const { message } = (await create({ registeredRedirectUri: [uri] })).json();
		expect(message).toContain("https://crm.example");
		expect(message).toContain("letter by letter");
	}
	const kept = ["https://crm.example:443/Cb", "http://[::1]:8080/", "https://crm.example"];
	expect((await create({ registeredRedirectUri: kept })).json().registeredRedirectUri).toEqual(kept);
});

test("only a client that is out of use is deleted", async () => {
	const { id } = (await create()).json();
	const refused = await people.call("DELETE", `${path}/${id}`, { token });
	expect([refused.statusCode, refused.json().code]).toEqual([400, "cannot.delete.client"]);
	await people.call("PUT", `${path}/${id}`, { token, body: { ...good, state: "inactive" } });
	expect((await people.call("DELETE", `${path}/${id}`, { token })).statusCode).toBe(204);
	expect((await people.call("GET", `${path}/${id}`, { token })).statusCode).toBe(404);
});

test("a rename does not switch a disabled client on", async () => {
	const { id } = (await create()).json();
	await people.call("PUT", `${path}/${id}`, { token, body: { ...good, state: "disabled" } });
	const renamed = await people.call("PUT", `${path}/${id}`, { token, body: { ...good, name: "New" } });
	expect(renamed.json()).toMatchObject({ name: "New", state: "disabled" });
});

test("scopes are listed and read", async () => {
	const listing = (await people.call("GET", "/api/v2/oauth/scopes", { token })).json();
	expect(listing.total).toBe(listing.entities.length);
	expect((await people.call("GET", "/api/v2/oauth/scopes/users:readonly", { token })).json().id).toBe("users:readonly");
	expect((await people.call("GET", "/api/v2/oauth/scopes/nothing", { token })).json().code).toBe("not.found");
});
