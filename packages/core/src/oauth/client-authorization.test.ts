import { agentScopes, bundledClientId } from "@inlay/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import { type Asker, isPending, scopesOf, whyNotAuthorized } from "./client-authorization.ts";
import type { AuthorizationState, OAuthClient } from "./model.ts";
import { panelClient } from "./panel-tokens.ts";
import { seedClient, seedUser } from "./seed.ts";
import { Visitor } from "./test-support/visitor.ts";

const redirectUri = "https://crm.example/back";
const enforced: Asker = { enforced: true, roleIds: ["r1"] };

function client(state: AuthorizationState, scopes: string[], roleIds: string[] = [], more: Partial<OAuthClient> = {}) {
	const asked = ["conversations", "users:readonly"];
	const authorization = { ...panelClient.authorization, state, scopes, roleIds };
	return { ...panelClient, scopes: asked, authorization, ...more };
}

describe("what a token of a client opens, by the setting and by what an administrator has authorized", () => {
	const table: Array<[string, OAuthClient, Asker, readonly string[] | null]> = [
		["not enforced: all that its user may", client("Revoked", []), { ...enforced, enforced: false }, null],
		[
			"client credentials: all that its roles say",
			client("Revoked", [], [], { grantType: "CLIENT-CREDENTIALS" }),
			enforced,
			null,
		],
		[
			"authorized for all",
			client("Authorized", ["conversations", "users:readonly"]),
			enforced,
			["conversations", "users:readonly"],
		],
		["authorized for some", client("Authorized", ["conversations"]), enforced, ["conversations"]],
		["a full scope stands for its reading form", client("Authorized", ["users"]), enforced, ["users:readonly"]],
		["a reading form does not stand for the full one", client("Authorized", ["conversations:readonly"]), enforced, []],
		[
			"authorized for more than it asks for",
			client("Authorized", ["conversations", "oauth"]),
			enforced,
			["conversations"],
		],
		["nobody has decided", client("Unauthorized", []), enforced, []],
		["somebody has asked", client("Requested", []), enforced, []],
		["revoked", client("Revoked", ["conversations"]), enforced, []],
		["for holders of a role", client("Authorized", ["conversations"], ["r1", "r2"]), enforced, ["conversations"]],
		["for holders of other roles", client("Authorized", ["conversations"], ["r2"]), enforced, []],
		[
			"the client that comes with Inlay",
			client("Revoked", [], [], { id: bundledClientId }),
			enforced,
			["conversations", "users:readonly"],
		],
	];
	test.each(table)("%s", (_what, of, asker, expected) => expect(scopesOf(of, asker)).toEqual(expected));

	test("and who works by it is told whose matter it is", () => {
		expect(whyNotAuthorized(client("Requested", []), enforced)).toBe("client");
		expect(whyNotAuthorized(client("Authorized", [], ["r2"]), enforced)).toBe("role");
		expect(isPending(client("Authorized", ["conversations"]))).toBe(true);
		expect(isPending(client("Revoked", []))).toBe(false);
	});
});

describe("authorized applications", () => {
	let people: TestPeople;
	let givers: Givers;
	let user: User;
	let count = 0;
	beforeAll(async () => {
		people = await testPeople();
		givers = await createGivers(people);
	});
	afterAll(() => people.close());
	beforeEach(async () => {
		await people.users.organization.updateSettings({ enforceScopes: true });
		const email = `app${++count}@x.example`;
		user = await seedUser(people, { name: `App ${count}`, email, password: "correct horse", roles: ["agent"] });
	});

	const authorizers = () => givers.person([[["oauth:client:authorize", "oauth:client:view"], "*"]]);
	const makers = () => givers.person([[["oauth:client:add", "oauth:client:edit", "oauth:client:view"], "*"]]);
	const newClient = () => ({
		name: `Application ${++count}`,
		authorizedGrantType: "CODE",
		registeredRedirectUri: [redirectUri],
		scope: ["users", "user-basic-info"],
	});
	const reads = async (clientId: string) => {
		const { accessToken } = await people.oauth.issueToken({ clientId, userId: user.id });
		return (await people.call("GET", "/api/v2/users/me", { token: accessToken })).statusCode;
	};
	const path = (id: string) => `/api/inlay/v1/oauth/authorizations/${id}`;

	test("a client that somebody made who may not authorize worked for everybody at once", async () => {
		const made = (await (await makers()).call("POST", "/api/v2/oauth/clients", newClient())).json();
		expect(await reads(made.id)).toBe(403);
		const boss = await authorizers();
		const seen = async () => (await boss.call("GET", `/api/v2/oauth/authorizations/${made.id}`)).json();
		expect(await seen()).toMatchObject({ state: "Unauthorized", scope: [], pending: false });

		const visitor = new Visitor(people, { clientId: made.id, redirectUri });
		const refused = await visitor.signIn(user.username, "correct horse");
		const told = new URL(String(refused.headers.location)).searchParams;
		expect([told.get("error"), told.get("error_description")]).toEqual([
			"access_denied",
			expect.stringContaining("administrator"),
		]);
		expect(await seen()).toMatchObject({ state: "Requested", pending: true, modifiedBy: { id: user.id } });

		const granted = await boss.call("PUT", path(made.id), { scope: ["user-basic-info"] });
		expect([granted.statusCode, granted.json().state, granted.json().scope]).toEqual([
			200,
			"Authorized",
			["user-basic-info"],
		]);
		expect(await reads(made.id)).toBe(200);
		expect(await seen()).toMatchObject({ pending: true });
		const back = await new Visitor(people, { clientId: made.id, redirectUri }).signIn(user.username, "correct horse");
		expect(String(back.headers.location)).toContain("code=");
	});

	test("whoever may authorize was asked again for what they had just made", async () => {
		const boss = await givers.person([[["oauth:client:*"], "*"]]);
		const made = (await boss.call("POST", "/api/v2/oauth/clients", newClient())).json();
		expect(await reads(made.id)).toBe(200);
		const wider = { ...newClient(), name: made.name, scope: [...made.scope, "conversations"] };
		await boss.call("PUT", `/api/v2/oauth/clients/${made.id}`, wider);
		const now = (await boss.call("GET", `/api/v2/oauth/authorizations/${made.id}`)).json();
		expect([now.scope, now.pending]).toEqual([wider.scope, false]);
	});

	test("who may change a client gave it scopes past the administrator", async () => {
		const { client } = await seedClient(people, {
			name: `Seeded ${count}`,
			grant: "CODE",
			redirectUris: [redirectUri],
			scopes: ["users"],
		});
		const maker = await makers();
		await maker.call("PUT", `/api/v2/oauth/clients/${client.id}`, {
			...newClient(),
			name: client.name,
			scope: ["users", "oauth"],
		});
		const { accessToken } = await people.oauth.issueToken({ clientId: client.id, userId: user.id });
		expect((await people.oauth.authenticate(accessToken))?.scopes).toEqual(["users"]);
		const refused = await maker.call("PUT", path(client.id), { scope: ["oauth"] });
		expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.permissions"]);
	});

	test("an application that was authorized for one address could be given another by whoever may edit clients: people's tokens went there", async () => {
		const facts = { grant: "CODE" as const, redirectUris: [redirectUri], scopes: ["users"] };
		const { client } = await seedClient(people, { ...facts, name: `Elsewhere ${count}` });
		const maker = await makers();
		const asked = (more: object) => ({ ...newClient(), name: client.name, scope: ["users"], ...more });
		const put = (by: typeof maker, more: object) => by.call("PUT", `/api/v2/oauth/clients/${client.id}`, asked(more));
		const stolen = { registeredRedirectUri: [redirectUri, "https://evil.example/cb"] };
		const refused = await put(maker, stolen);
		expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
		expect(refused.json().message).toContain("oauth:client:authorize");
		expect((await put(maker, { authorizedGrantType: "TOKEN" })).statusCode).toBe(403);
		expect((await people.oauth.clients.get(client.id)).redirectUris).toEqual([redirectUri]);
		expect((await put(maker, { registeredRedirectUri: [`${redirectUri}/again`] })).statusCode).toBe(200);
		const boss = await givers.person([[["oauth:client:*"], "*"]]);
		expect((await put(boss, stolen)).statusCode).toBe(200);
	});

	test("a revoked application worked on, and came back by a change of its name", async () => {
		const { client } = await seedClient(people, {
			name: `Revoked ${count}`,
			grant: "CODE",
			redirectUris: [redirectUri],
			scopes: agentScopes,
		});
		const { accessToken } = await people.oauth.issueToken({ clientId: client.id, userId: user.id });
		expect((await people.oauth.authenticate(accessToken))?.scopes).toEqual(agentScopes);
		const boss = await givers.person([[["oauth:client:*"], "*"]]);
		expect((await boss.call("DELETE", path(client.id))).json().state).toBe("Revoked");
		expect(await people.oauth.authenticate(accessToken)).toBeUndefined();
		await boss.call("PUT", `/api/v2/oauth/clients/${client.id}`, { ...newClient(), scope: [...agentScopes, "oauth"] });
		expect(await reads(client.id)).toBe(403);
	});

	test("only holders of a role, where it is for one; a role that is given or taken counts at once", async () => {
		const { client } = await seedClient(people, {
			name: `By role ${count}`,
			grant: "CODE",
			redirectUris: [redirectUri],
			scopes: ["users", "user-basic-info"],
		});
		const supervisor = await people.authorization.defaultRole("supervisor");
		const boss = await authorizers();
		await boss.call("PUT", path(client.id), { scope: client.scopes, roles: [supervisor.id] });
		const { accessToken } = await people.oauth.issueToken({ clientId: client.id, userId: user.id });
		const status = async () => (await people.call("GET", "/api/v2/users/me", { token: accessToken })).statusCode;
		expect(await status()).toBe(403);
		const told = await new Visitor(people, { clientId: client.id, redirectUri }).signIn(user.username, "correct horse");
		expect(String(told.headers.location)).toContain("access_denied");
		await people.authorization.grant(user.id, supervisor.id, user.divisionId);
		expect(await status()).toBe(200);
		const unknown = await boss.call("PUT", path(client.id), { scope: client.scopes, roles: ["nobody"] });
		expect(unknown.statusCode).toBe(404);
	});

	test("what the client does not ask for cannot be authorized, nor what needs no authorization", async () => {
		const { client } = await seedClient(people, {
			name: `Narrow ${count}`,
			grant: "CODE",
			redirectUris: [redirectUri],
			scopes: ["users"],
		});
		const { client: robot } = await seedClient(people, {
			name: `Robot ${count}`,
			grant: "CLIENT-CREDENTIALS",
			roles: ["agent"],
		});
		const boss = await authorizers();
		expect((await boss.call("PUT", path(client.id), { scope: ["oauth"] })).json().code).toBe("auth.invalid.scope");
		for (const answer of [
			await boss.call("PUT", path(robot.id), { scope: [] }),
			await boss.call("DELETE", path(robot.id)),
		])
			expect(answer.json().code).toBe("client.needs.no.authorization");
	});

	test("enforcing is the organization's: switched off, a client does what its user may; on again, no more than it asks for", async () => {
		const { client } = await seedClient(people, {
			name: `Switched ${count}`,
			grant: "CODE",
			redirectUris: [redirectUri],
			scopes: [],
		});
		const admin = await givers.person([[["directory:organization:admin"], "*"]]);
		const set = (enforceScopes: boolean) =>
			admin.call("PUT", "/api/inlay/v1/oauth/scopes/enforcement", { enforceScopes });
		expect((await admin.call("GET", "/api/inlay/v1/oauth/scopes/enforcement")).json()).toMatchObject({
			enforceScopes: true,
		});
		const { accessToken } = await people.oauth.issueToken({ clientId: client.id, userId: user.id });
		const status = async () => (await people.call("GET", "/api/v2/users/me", { token: accessToken })).statusCode;
		expect(await status()).toBe(403);
		await set(false);
		await expect.poll(status).toBe(200);
		await set(true);
		await expect.poll(status).toBe(403);
		const other = await givers.person([[["oauth:client:*"], "*"]]);
		const refused = await other.call("PUT", "/api/inlay/v1/oauth/scopes/enforcement", { enforceScopes: false });
		expect(refused.statusCode).toBe(403);
	});
});
