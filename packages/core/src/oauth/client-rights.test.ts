import { bundledClientId } from "@inlay/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { seedClient } from "./seed.ts";

let people: TestPeople;
let givers: Givers;
let north: string;
let consoleUri: string;

const all = ["oauth:client:add", "oauth:client:edit", "oauth:client:delete", "oauth:client:view"];
const evil = "https://evil.example/cb";

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	north = await givers.division();
	consoleUri = `${people.kernel.config.publicUrl}/admin/`;
	await seedClient(people, { id: bundledClientId, name: "Inlay", grant: "CODE", redirectUris: [consoleUri] });
});

afterAll(() => people.close());

const bundled = `oauth/clients/${bundledClientId}`;
const pageOf = (authorizedGrantType: string) => ({
	name: "CRM",
	authorizedGrantType,
	registeredRedirectUri: ["https://crm.example/cb"],
});

async function expectRefused(answer: Awaited<ReturnType<TestPeople["call"]>>, status: number, code: string) {
	expect([answer.statusCode, answer.json().code], answer.body).toEqual([status, code]);
}

describe("what went wrong", () => {
	test("with oauth:client:edit one added a redirect URI to Inlay's own client and got an administrator's code", async () => {
		const before = await people.oauth.clients.get(bundledClientId);
		for (const where of ["*", north]) {
			const one = await givers.person([[all, where]]);
			const answer = await one.call("PUT", bundled, { name: "Inlay", registeredRedirectUri: [consoleUri, evil] });
			if (where === "*") await expectRefused(answer, 400, "bundled.client");
			else await expectRefused(answer, 403, "missing.division.permission");
		}
		expect(await people.oauth.clients.get(bundledClientId)).toEqual(before);
	});

	test.each([
		["state", { state: "inactive" }],
		["authorizedGrantType", { authorizedGrantType: "TOKEN" }],
		["authorizedGrantType", { authorizedGrantType: "CLIENT-CREDENTIALS", registeredRedirectUri: [] }],
		["registeredRedirectUri", { registeredRedirectUri: [] }],
		["dateToDelete", { dateToDelete: "2030-01-01T00:00:00.000Z" }],
	])("Inlay's own client lost its %s by %j, and nobody reached the console", async (field, change) => {
		const { id: adminRole } = await people.authorization.defaultRole("admin");
		const one = await givers.person([[["*:*:*"], "*"]]);
		await people.authorization.grant(one.user.id, adminRole, "*");
		const answer = await one.call("PUT", bundled, { name: "Inlay", ...change, ...rolesFor(change, adminRole) });
		expect([answer.statusCode, answer.json().code]).toEqual([400, "bundled.client"]);
		if (!("registeredRedirectUri" in change)) expect(answer.json().details[0].fieldName).toBe(field);
		await expectRefused(await one.call("DELETE", bundled), 400, "bundled.client");
	});

	test.each(["CODE", "TOKEN"])(
		"with rights in one division one made, changed, ended and deleted %s clients, which sign in everybody",
		async (grant) => {
			const one = await givers.person([[all, north]]);
			const { client } = await people.oauth.clients.create("server", pageOf(grant));
			const path = `oauth/clients/${client.id}`;
			const answers = [
				await one.call("POST", "oauth/clients", pageOf(grant)),
				await one.call("PUT", path, { name: "CRM", registeredRedirectUri: [evil] }),
				await one.call("PUT", path, { name: "CRM", state: "inactive" }),
				await one.call("POST", `${path}/secret`),
				await one.call("DELETE", path),
			];
			for (const answer of answers) await expectRefused(answer, 403, "missing.division.permission");
			expect(await people.oauth.clients.get(client.id)).toEqual(client);
		},
	);

	test("a client without a secret got a new one, and all its tokens ended", async () => {
		const one = await givers.person([[all, "*"]]);
		const { client } = await people.oauth.clients.create("server", pageOf("TOKEN"));
		const { accessToken } = await people.oauth.issueToken({ clientId: client.id, userId: one.user.id });
		await expectRefused(await one.call("POST", `oauth/clients/${client.id}/secret`), 400, "client.without.secret");
		expect(await people.oauth.clients.get(client.id)).toEqual(client);
		expect(await people.oauth.authenticate(accessToken)).toMatchObject({ userId: one.user.id });
	});

	test.each([
		{ state: "inactive" },
		{ accessTokenValiditySeconds: 300 },
		{ authorizedGrantType: "TOKEN" },
		{ dateToDelete: "2030-01-01T00:00:00.000Z" },
	])("with oauth:client:edit everywhere one ruined a client that held more, by %j", async (change) => {
		const { id: roleId } = await people.authorization.defaultRole("admin");
		const robot = { name: "Automation", authorizedGrantType: "CLIENT-CREDENTIALS" };
		const roleDivisions = [{ roleId, divisionId: "*" }];
		const { client } = await people.oauth.clients.create("server", { ...robot, roleDivisions });
		const one = await givers.person([[all, "*"]]);
		const path = `oauth/clients/${client.id}`;
		await expectRefused(await one.call("PUT", path, { ...robot, ...change }), 400, "bad.client.role");
		expect(await people.oauth.clients.get(client.id)).toEqual(client);
		expect(await people.oauth.clients.roles(client.id)).toEqual(roleDivisions);
		expect((await one.call("PUT", path, { ...robot, name: "Renamed" })).statusCode).toBe(200);
		await people.oauth.clients.update("server", client.id, { ...robot, state: "inactive" });
		await expectRefused(await one.call("DELETE", path), 400, "bad.client.role");
	});
});

test("the guide's administrator makes, changes, switches off and deletes a client with addresses of their own", async () => {
	const one = await givers.person([[all, "*"]]);
	const { id } = (await one.call("POST", "oauth/clients", { ...pageOf("CODE"), name: "Own CRM" })).json();
	const path = `oauth/clients/${id}`;
	const uris = ["https://crm.example/cb", "https://other.example/"];
	const changed = await one.call("PUT", path, { name: "Own CRM", registeredRedirectUri: uris });
	expect(changed.json()).toMatchObject({ registeredRedirectUri: uris, state: "active" });
	expect((await one.call("POST", `${path}/secret`)).statusCode).toBe(200);
	expect((await one.call("PUT", path, { name: "Own CRM", state: "inactive" })).statusCode).toBe(200);
	expect((await one.call("DELETE", path)).statusCode).toBe(204);
});

test("Inlay's own client may be renamed and rid of addresses from former configurations", async () => {
	const one = await givers.person([[all, "*"]]);
	await people.oauth.clients.update("server", bundledClientId, {
		name: "Inlay",
		registeredRedirectUri: [consoleUri, "http://old.example/admin/"],
	});
	const body = { name: "Our Inlay", accessTokenValiditySeconds: 3_600, registeredRedirectUri: [consoleUri] };
	expect((await one.call("PUT", bundled, body)).json()).toMatchObject(body);
});

function rolesFor(change: object, roleId: string): object {
	return JSON.stringify(change).includes("CLIENT-CREDENTIALS") ? { roleDivisions: [{ roleId, divisionId: "*" }] } : {};
}
