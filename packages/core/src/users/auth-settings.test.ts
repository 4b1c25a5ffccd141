import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permissionsOf } from "../authorization/policies.ts";
import { hashSecret } from "../oauth/secrets.ts";
import { seedClient } from "../oauth/seed.ts";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { isAdministrator } from "./second-factor/demand.ts";

const path = "organizations/authentication/settings";

let people: TestPeople;
let givers: Givers;
let admin: Giver;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	admin = await givers.person([[["*:*:*"], "*"]]);
});

afterAll(() => people.close());

const read = async () => (await admin.call("GET", path)).json();

async function expectRefused(body: object, fieldName: string): Promise<void> {
	const before = await read();
	const answer = await admin.call("PATCH", path, body);
	expect([answer.statusCode, answer.json().details?.[0]?.fieldName], answer.body).toEqual([400, fieldName]);
	expect(await read()).toEqual(before);
}

describe("PATCH answered 200 and kept nothing of a demanded second factor", () => {
	test("so everything that it takes is read back, and sent back whole it stays", async () => {
		const wanted = {
			multifactorAuthenticationRequired: true,
			domainAllowlistEnabled: true,
			domainAllowlist: ["https://crm.example"],
			ipAddressAllowlist: ["127.0.0.1", "2001:db8::/32"],
			passwordRequirements: {
				minimumLength: 12,
				minimumDigits: 1,
				minimumLetters: 2,
				minimumUpper: 1,
				minimumLower: 1,
				minimumSpecials: 1,
				minimumAgeSeconds: 3600,
				expirationDays: 90,
			},
			universalLogout: true,
		};
		const answer = await admin.call("PATCH", path, wanted);
		expect(answer.json()).toEqual({ ...wanted, inactivityTimeoutExclusions: [] });
		expect((await admin.call("PATCH", path, await read())).json()).toEqual(answer.json());
		const one = await admin.call("PATCH", path, { passwordRequirements: { minimumLength: 8, expirationDays: 0 } });
		expect(one.json().passwordRequirements).toEqual({
			...wanted.passwordRequirements,
			minimumLength: 8,
			expirationDays: 0,
		});
		const off = { multifactorAuthenticationRequired: false, ipAddressAllowlist: [], universalLogout: false };
		expect((await admin.call("PATCH", path, off)).json()).toMatchObject(off);
		await admin.call("PATCH", path, {
			passwordRequirements: { minimumUpper: 0, minimumSpecials: 0, minimumDigits: 0 },
		});
	});

	test.each([
		[{ inactivityTimeoutExclusions: ["/api/v2/users"] }, "inactivityTimeoutExclusions"],
		[{ tokenStorageLocation: "COOKIE" }, "tokenStorageLocation"],
	])("so %j is refused by name", async (body, fieldName) => {
		await expectRefused({ ...body, multifactorAuthenticationRequired: true }, fieldName);
	});
});

describe("of whom a second factor is asked", () => {
	const demand = "/api/inlay/v1/secondfactor/demand";
	const asked = async () => (await people.call("GET", demand, { token: admin.token })).json();
	const ask = (demandedOf: string) => people.call("PUT", demand, { token: admin.token, body: { demandedOf } });

	test("is set as one thing, of which the platform's setting tells everybody alone", async () => {
		for (const [of, everybody] of [
			["administrators", false],
			["everybody", true],
		] as const) {
			expect((await ask(of)).json()).toEqual({ demandedOf: of });
			expect([await asked(), (await read()).multifactorAuthenticationRequired]).toEqual([
				{ demandedOf: of },
				everybody,
			]);
		}
		expect((await ask("agents")).statusCode).toBe(400);
		expect((await ask("nobody")).json()).toEqual({ demandedOf: "nobody" });
	});

	test("a client that takes it back from everybody leaves it with the administrators who had it before", async () => {
		await ask("administrators");
		await admin.call("PATCH", path, { multifactorAuthenticationRequired: true });
		expect(await asked()).toEqual({ demandedOf: "everybody" });
		await admin.call("PATCH", path, { multifactorAuthenticationRequired: false });
		expect(await asked()).toEqual({ demandedOf: "administrators" });
		await ask("nobody");
	});

	test("a demand was saved without a word of whom it meets", async () => {
		const concerned = async (of: string) =>
			(await people.call("GET", `${demand}/concerned?demandedOf=${of}`, { token: admin.token })).json();
		const [nobody, administrators, everybody] = await Promise.all(
			["nobody", "administrators", "everybody"].map((of) => concerned(of)),
		);
		expect(nobody).toEqual({ total: 0, without: 0, entities: [] });
		expect(administrators.entities.map(({ name }: { name: string }) => name)).toContain(admin.user.name);
		expect(administrators.without).toBe(administrators.total);
		const { user: agent } = await givers.person([[["routing:agent:onqueue"], "*"]]);
		expect((await concerned("everybody")).total).toBe(everybody.total + 1);
		expect((await concerned("administrators")).total).toBe(administrators.total);
		await people.users.update(agent.id, { state: "inactive" });
		expect((await concerned("everybody")).total).toBe(everybody.total);
	});

	test("administrators are all who can let others in, whatever their role is called; who leads agents is none", async () => {
		const isOne = async (role: string) => {
			const { policies } = await people.authorization.defaultRole(role);
			return isAdministrator(permissionsOf(policies).map((permission) => ({ permission, divisions: "all" })));
		};
		expect([await isOne("admin"), await isOne("agent"), await isOne("supervisor")]).toEqual([true, false, false]);
		for (const permission of [
			...["oauth:*:*", "authorization:grant:add", "integrations:integration:edit"],
			...["directory:user:add", "oauth:client:authorize"],
		])
			expect(isAdministrator([{ permission, divisions: new Set(["one"]) }]), permission).toBe(true);
	});
});

test.each([
	[{ passwordRequirements: { minimumLength: 7 } }, "passwordRequirements.minimumLength"],
	[{ passwordRequirements: { minimumLength: 129 } }, "passwordRequirements.minimumLength"],
	[{ passwordRequirements: { minimumDigits: -1 } }, "passwordRequirements.minimumDigits"],
	[
		{ passwordRequirements: { minimumAgeSeconds: 86_400, expirationDays: 1 } },
		"passwordRequirements.minimumAgeSeconds",
	],
	[{ ipAddressAllowlist: ["127.0.0.1", "nowhere"] }, "ipAddressAllowlist"],
	[{ ipAddressAllowlist: ["127.0.0.1/33"] }, "ipAddressAllowlist"],
])("%j is refused, and nothing of it kept", async (body, fieldName) => {
	await expectRefused({ universalLogout: true, ...body }, fieldName);
});

test("an administrator cannot lock themselves out by a list without their own address", async () => {
	await expectRefused({ ipAddressAllowlist: ["203.0.113.0/24"] }, "ipAddressAllowlist");
});

test("clients sign in from the listed addresses only, too", async () => {
	const robot = { name: "Robot", grant: "CLIENT-CREDENTIALS" as const, roles: ["agent"], secret: "robot-secret" };
	const { client } = await seedClient(people, robot);
	await admin.call("PATCH", path, { ipAddressAllowlist: ["127.0.0.1"] });
	const ask = (remoteAddress: string) =>
		people.http.inject({
			method: "POST",
			url: "/oauth/token",
			remoteAddress,
			payload: { grant_type: "client_credentials", client_id: client.id, client_secret: "robot-secret" },
		});
	expect((await ask("203.0.113.5")).json().error).toBe("access_denied");
	expect((await ask("127.0.0.1")).statusCode).toBe(200);
	await admin.call("PATCH", path, { ipAddressAllowlist: [] });
});

test("a token that was taken along opened everything from an address outside the list", async () => {
	await admin.call("PATCH", path, { ipAddressAllowlist: ["127.0.0.1"] });
	const { token } = await givers.person([[["*:*:*"], "*"]]);
	for (const [method, url] of [
		["GET", "/api/v2/users/me"],
		["PATCH", `/api/v2/${path}`],
	] as const) {
		const answer = await people.call(method, url, {
			token,
			from: "127.0.0.77",
			...(method === "GET" ? {} : { body: {} }),
		});
		expect([answer.statusCode, answer.json().code], url).toEqual([401, "ip.not.authorized"]);
	}
	expect((await people.call("GET", "/api/v2/users/me", { token, from: "127.0.0.1" })).statusCode).toBe(200);
	await admin.call("PATCH", path, { ipAddressAllowlist: [] });
	expect((await people.call("GET", "/api/v2/users/me", { token, from: "127.0.0.77" })).statusCode).toBe(200);
});

describe("the password policy holds wherever a password is set", () => {
	const policy = { minimumLength: 12, minimumDigits: 2 };

	beforeAll(() => admin.call("PATCH", path, { passwordRequirements: policy }));

	test("by an administrator, for a new user and for one who is there", async () => {
		const { user } = await givers.person([]);
		const home = await people.authorization.homeDivisionId();
		const body = { name: "New", email: "new@x.example", divisionId: home, password: "no digits here" };
		const create = await admin.call("POST", "users", body);
		expect([create.json().code, create.json().messageParams]).toEqual(["invalid.password", { digits: "2" }]);
		const set = (newPassword: string) => admin.call("POST", `users/${user.id}/password`, { newPassword });
		expect((await set("short 42")).json().message).toContain("at least 12 characters");
		expect((await set(`${user.name} 2026`)).json().code).toBe("invalid.password");
		expect((await set("two digits 42")).statusCode).toBe(204);
	});

	test("and by its owner, who may not go round in circles, nor keep the old one", async () => {
		const one = await givers.person([]);
		const keep = hashSecret(one.token);
		await people.users.authentication.passwords.reset(one.user, "two digits 42", { keep });
		await admin.call("PATCH", path, { passwordRequirements: { minimumAgeSeconds: 3_600 } });
		const change = (oldPassword: string, newPassword: string) =>
			one.call("POST", "users/me/password", { oldPassword, newPassword });
		const early = await change("two digits 42", "other digits 43");
		expect([early.statusCode, early.json().code]).toEqual([400, "password.too.young"]);
		people.kernel.clock.advance(3_600_000);
		expect((await change("two digits 42", "two digits 42")).json().message).toContain("used until now");
		expect((await change("two digits 42", "other digits 43")).statusCode).toBe(204);
	});

	test("an old password that no longer meets it still lets its owner in", async () => {
		const old = await people.users.create({ name: "Old", email: "old@x.example", password: "two digits 42" });
		await admin.call("PATCH", path, { passwordRequirements: { minimumLength: 20 } });
		expect((await people.users.verifyPassword("old@x.example", "two digits 42"))?.id).toBe(old.id);
	});
});

test("hundreds of pages that may embed the client made every page's headers too long for browsers and proxies", async () => {
	const pages = Array.from({ length: 200 }, (_one, n) => `https://crm-of-branch-${n}.example.com`);
	await expectRefused({ domainAllowlist: pages }, "domainAllowlist");
	const older = await admin.call("PUT", "organizations/embeddedintegration", {
		enableWhitelist: true,
		domainWhitelist: pages,
	});
	expect(older.statusCode).toBe(400);
	expect((await admin.call("PATCH", path, { domainAllowlist: pages.slice(0, 80) })).statusCode).toBe(200);
});
