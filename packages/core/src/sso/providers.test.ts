import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Visitor } from "../oauth/test-support/visitor.ts";
import { type SsoScene, ssoScene } from "./test-support/scene.ts";

const path = "/api/inlay/v1/identity-providers";
const oidc = { issuer: "https://login.example.com", clientId: "inlay", clientSecret: "kept-from-everybody" };

let scene: SsoScene;
beforeAll(async () => {
	scene = await ssoScene();
});
afterAll(() => scene.people.close());
beforeEach(() => {
	scene.lines.length = 0;
});

describe("whoever says whose word counts could be anybody", () => {
	test("less than everything everywhere added a provider, or changed whose word counts", async () => {
		const manager = await scene.givers.person([[["sso:*:*", "directory:*:*", "authorization:*:*"], "*"]]);
		const added = await manager.call("POST", path, { name: "mine", oidc });
		expect([added.statusCode, added.json().code]).toEqual([403, "missing.division.permission"]);
		const { id } = await scene.addProvider({ oidc });
		for (const change of [
			{ oidc: { issuer: "https://mine.example.com" } },
			{ oidc: { clientId: "mine" } },
			{ oidc: { acceptsUnmarkedAddresses: true } },
			{ claims: { address: "preferred_username" } },
		]) {
			const changed = await manager.call("PUT", `${path}/${id}`, change);
			expect([changed.statusCode, changed.json().code]).toEqual([403, "missing.division.permission"]);
		}
		const renamed = await manager.call("PUT", `${path}/${id}`, { label: "Ours", allowedGroups: [] });
		expect(renamed.statusCode, renamed.body).toBe(200);
	});

	test("sso:provider:edit alone switched a provider on, or let more of its groups in", async () => {
		const manager = await scene.givers.person([[["sso:*:*"], "*"]]);
		const claims = { groups: "groups" };
		const { id } = await scene.addProvider({ oidc, claims, enabled: false, allowedGroups: ["support", "sales"] });
		const change = async (body: object) => {
			const answer = await manager.call("PUT", `${path}/${id}`, body);
			return answer.statusCode === 200 ? 200 : answer.json().code;
		};
		const refused = "missing.division.permission";
		expect(await change({ enabled: true })).toBe(refused);
		expect(await change({ allowedGroups: [] })).toBe(refused);
		expect(await change({ allowedGroups: ["support", "everybody"] })).toBe(refused);
		expect(await change({ allowedGroups: ["support"], shown: false })).toBe(200);
		expect((await scene.changeProvider(id, { enabled: true, shown: true })).statusCode).toBe(200);
		expect(await change({ enabled: false })).toBe(200);
		const { enabled, allowedGroups } = (await scene.admin.call("GET", `${path}/${id}`)).json();
		expect([enabled, allowedGroups]).toEqual([false, ["support"]]);
	});

	test("authorization:role:edit alone gave everything by a role that only a mapping gives, and could delete it", async () => {
		const roleId = await scene.givers.role("conversation:call:add");
		await scene.addProvider({ oidc, enabled: false, gifts: [{ roleId, divisionId: "*" }] });
		const editor = await scene.givers.person([[["authorization:role:edit", "authorization:role:delete"], "*"]]);
		const at = `/api/v2/authorization/roles/${roleId}`;
		const edited = await editor.call("PUT", at, { name: `Grown ${roleId}`, permissions: ["*:*:*"] });
		expect([edited.statusCode, edited.json().code]).toEqual([403, "missing.division.permission"]);
		expect((await editor.call("DELETE", at)).statusCode).toBe(403);
		expect((await scene.admin.call("DELETE", at)).statusCode).toBe(204);
	});

	test("sso:provider:edit alone took from people what a mapping had given them", async () => {
		const manager = await scene.givers.person([[["sso:*:*"], "*"]]);
		const roleId = await scene.givers.role("conversation:call:add");
		const { id } = await scene.addProvider({ oidc, gifts: [{ roleId, divisionId: "*" }] });
		const taken = await manager.call("PUT", `${path}/${id}`, { gifts: [] });
		expect([taken.statusCode, taken.json().code]).toEqual([403, "missing.division.permission"]);
		expect((await scene.changeProvider(id, { gifts: [] })).statusCode).toBe(200);
	});

	test("sso:provider:edit alone could not switch a provider off that makes accounts, and may not let it make any", async () => {
		const manager = await scene.givers.person([[["sso:*:*"], "*"]]);
		const { id } = await scene.addProvider({ oidc, createsPeople: true });
		const change = (body: object) => manager.call("PUT", `${path}/${id}`, body);
		expect((await change({ enabled: false })).statusCode).toBe(200);
		expect((await change({ createsPeople: false })).statusCode).toBe(200);
		expect((await change({ createsPeople: true })).statusCode).toBe(403);
	});

	test("a secret was read back, stood in the audit, or in the database as it is", async () => {
		const made = await scene.addProvider({ oidc });
		const read = await scene.admin.call("GET", `${path}/${made.id}`);
		expect(read.json()).toMatchObject({ hasSecret: true, oidc: { issuer: oidc.issuer } });
		const { db } = scene.people.kernel.database;
		const rows = await db.selectFrom("identity_providers").selectAll().where("id", "=", made.id).execute();
		const text = JSON.stringify([made, read.json(), rows, await scene.people.kernel.told()]);
		expect(text + rows.map((row) => row.client_secret?.toString("latin1"))).not.toContain(oidc.clientSecret);
		const gone = await scene.changeProvider(made.id, { oidc: { clientSecret: null } });
		expect(gone.json().hasSecret).toBe(false);
	});

	test("whoever moved the issuer had the secret that is kept sent to a place of theirs", async () => {
		const { id } = await scene.addProvider({ oidc });
		for (const moved of [{ issuer: "https://evil.example.com" }, { clientId: "another" }]) {
			const refused = await scene.changeProvider(id, { oidc: moved });
			expect([refused.statusCode, refused.json().details[0].fieldName]).toEqual([400, "oidc.clientSecret"]);
		}
		const stays = await scene.changeProvider(id, { oidc: { issuer: oidc.issuer, scopes: ["openid", "email"] } });
		expect([stays.statusCode, stays.json().hasSecret]).toEqual([200, true]);
		const issuer = "https://new.example.com";
		const given = await scene.changeProvider(id, { oidc: { issuer, clientSecret: "for the new place" } });
		expect([given.statusCode, given.json().hasSecret]).toEqual([200, true]);
		const without = await scene.changeProvider(id, { oidc: { issuer: oidc.issuer, clientSecret: null } });
		expect([without.statusCode, without.json().hasSecret]).toEqual([200, false]);
	});
});

test.each<[string, object, string]>([
	["oidc.issuer", { oidc: { ...oidc, issuer: "http://login.example.com" } }, "invalid.value"],
	["oidc.issuer", { oidc: { ...oidc, issuer: "https://10.0.0.1" } }, "outgoing.refused"],
	["oidc.issuer", { oidc: { ...oidc, issuer: "https://a:b@login.example.com" } }, "invalid.value"],
	["oidc.scopes", { oidc: { ...oidc, scopes: ["email"] } }, "invalid.value"],
	["name", { name: "My Provider", oidc }, "provider.name"],
	["claims.groups", { oidc, allowedGroups: ["support"] }, "invalid.value"],
	["gifts.0", { oidc, gifts: [{}] }, "invalid.value"],
	["gifts", { oidc, gifts: [{ groupId: "nobody" }] }, "invalid.value"],
	["gifts", { oidc, gifts: [{ roleId: "nothing", divisionId: "*" }] }, "invalid.value"],
	["divisionId", { oidc, divisionId: "nowhere" }, "invalid.value"],
	["saml.certificates", { saml: { issuer: "i", signInUrl: "https://i.example" } }, "invalid.value"],
])("what cannot be was taken, or refused without its name: %s", async (fieldName, body, code) => {
	const answer = await scene.admin.call("POST", path, { name: "bad", ...body });
	expect([answer.statusCode, answer.json().code], answer.body).toEqual([400, code]);
	expect(answer.json().details[0].fieldName).toBe(fieldName);
});

test("two providers had one name, or an old page's save took a colleague's", async () => {
	const first = await scene.addProvider({ oidc });
	const twin = await scene.admin.call("POST", path, { name: first.name.toUpperCase(), oidc });
	expect([twin.statusCode, twin.json().code]).toEqual([409, "resource.already.exists"]);
	await scene.changeProvider(first.id, { label: "Newer", version: 1 });
	const stale = await scene.changeProvider(first.id, { label: "Older", version: 1 });
	expect([stale.statusCode, stale.json().code]).toEqual([409, "version.conflict"]);
});

test("passwords let everybody in while they were for administrators alone, or kept those out", async () => {
	await scene.addProvider({ oidc });
	const set = (passwords: string) => scene.admin.call("PUT", "/api/inlay/v1/sign-in-methods", { passwords });
	expect((await set("administrators")).statusCode).toBe(200);
	const agent = await scene.people.users.create({
		name: "Pat",
		email: "pat@acme.example",
		password: "Correct-Horse-7",
	});
	const visit = () => new Visitor(scene.people, { clientId: scene.client.id, redirectUri: "https://crm.example/cb" });
	const refused = await visit().signIn(agent.username, "Correct-Horse-7");
	expect([refused.statusCode, refused.headers.location]).toEqual([403, undefined]);
	expect(refused.body).toContain("A password lets only administrators");
	expect(scene.refused()).toMatchObject([{ reason: "passwords-off", userId: agent.id }]);
	const wrong = await visit().signIn(agent.username, "wrong");
	const problem = /role="alert".*/;
	expect([wrong.statusCode, problem.exec(wrong.body)?.[0]], "told that a password was right").toEqual([
		refused.statusCode,
		problem.exec(refused.body)?.[0] ?? "no problem shown",
	]);
	const manager = await scene.givers.role("sso:provider:edit");
	await scene.people.authorization.grant(agent.id, manager, await scene.givers.division());
	expect((await visit().signIn(agent.username, "Correct-Horse-7")).statusCode, "in one division").toBe(403);
	await scene.people.authorization.grant(agent.id, manager, "*");
	expect((await visit().signIn(agent.username, "Correct-Horse-7")).statusCode).toBe(303);
	expect((await set("everybody")).statusCode).toBe(200);
});

/** A provider knows a user, as who has signed in by it. @returns where their identities are */
async function bound({ id, email }: { id: string; email: string }, providerId: string): Promise<string> {
	const at = new Date();
	await scene.people.kernel.database.db
		.insertInto("user_identities")
		.values({
			...{ provider_id: providerId, issuer: oidc.issuer, subject: "old", user_id: id, address: email },
			...{ date_created: at, date_last_used: at },
		})
		.execute();
	return `/api/inlay/v1/users/${id}/identities`;
}

test("passwords went off at the moment at which the last provider did, and nobody could sign in", async () => {
	const methods = "/api/inlay/v1/sign-in-methods";
	const { entities } = (await scene.admin.call("GET", path)).json() as { entities: Array<{ id: string }> };
	for (const { id } of entities) await scene.admin.call("DELETE", `${path}/${id}`);
	const { id } = await scene.addProvider({ oidc });
	for (let round = 0; round < 5; round++) {
		await scene.changeProvider(id, { enabled: true });
		const [off, gone] = await Promise.all([
			scene.admin.call("PUT", methods, { passwords: "administrators" }),
			scene.changeProvider(id, { enabled: false }),
		]);
		expect([off.statusCode, gone.statusCode].sort()).toEqual([200, 400]);
		await scene.admin.call("PUT", methods, { passwords: "everybody" });
	}
});

test("who changes providers let another person of one be found as a user who holds more, or is in another division", async () => {
	const { id } = await scene.addProvider({ oidc });
	const boss = await scene.givers.person([[["*:*:*"], "*"]]);
	const there = await scene.people.users.create({
		...{ name: "There", email: "there@acme.example", divisionId: await scene.givers.division() },
	});
	const home = await scene.people.authorization.homeDivisionId();
	const manager = await scene.givers.person([
		[["sso:*:*"], "*"],
		[["directory:user:edit"], home],
	]);
	for (const user of [boss.user, there]) {
		const place = await bound(user, id);
		const refused = await manager.call("DELETE", `${place}/${id}`);
		expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
		expect((await scene.admin.call("GET", place)).json().entities).toHaveLength(1);
		expect((await scene.admin.call("DELETE", `${place}/${id}`)).statusCode).toBe(204);
	}
	const own = await bound(await scene.person(), id);
	expect((await manager.call("DELETE", `${own}/${id}`)).statusCode).toBe(204);
});

test("an administrator takes a link away, so that an address can be another person's", async () => {
	const { id } = await scene.addProvider({ oidc });
	const place = await bound(await scene.person(), id);
	expect((await scene.admin.call("GET", place)).json().entities).toMatchObject([{ providerId: id, subject: "old" }]);
	expect((await scene.admin.call("DELETE", `${place}/${id}`)).statusCode).toBe(204);
	expect((await scene.admin.call("DELETE", `${place}/${id}`)).statusCode).toBe(404);
	expect((await scene.admin.call("GET", place)).json().entities).toEqual([]);
});
