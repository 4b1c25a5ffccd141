import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashSecret } from "../../oauth/secrets.ts";
import { createGivers, type Giver, type Givers } from "../../test-support/givers.ts";
import { type TestPeople, testPeople } from "../../test-support/test-people.ts";
import { codeAt } from "./totp.ts";

const own = "/api/inlay/v1/users/me/secondfactor";
const password = "correct horse";
const stepMs = 30_000;

let people: TestPeople;
let givers: Givers;
let one: Giver;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
});

afterAll(() => people.close());

beforeEach(async () => {
	one = await givers.person([]);
	await people.users.authentication.passwords.reset(one.user, password, { keep: hashSecret(one.token) });
});

function code(secret: string): string {
	return codeAt(secret, people.kernel.clock.now());
}

async function enrol(): Promise<{ secret: string; recoveryCodes: string[] }> {
	const { secret } = (await one.call("POST", own, { password })).json();
	const confirmed = await one.call("POST", `${own}/confirm`, { code: code(secret) });
	people.kernel.clock.advance(stepMs);
	return { secret, recoveryCodes: confirmed.json().recoveryCodes };
}

describe("setting one up by the API", () => {
	test("takes the password, shows a picture, and a code makes it good", async () => {
		expect((await one.call("GET", own)).json()).toEqual({ enrolled: false, recoveryCodesLeft: 0, required: false });
		const offered = (await one.call("POST", own, { password })).json();
		expect(offered.uri).toMatch(/^otpauth:\/\/totp\/Inlay:p\d+%40givers\.example\?issuer=Inlay&secret=[A-Z2-7]{32}&/);
		expect(offered.picture).toContain("<svg");
		const wrong = await one.call("POST", `${own}/confirm`, { code: "000000" });
		expect([wrong.statusCode, wrong.json().code, wrong.json().details[0].fieldName]).toEqual([
			400,
			"invalid.code",
			"code",
		]);
		expect((await one.call("GET", own)).json().enrolled).toBe(false);
		const right = await one.call("POST", `${own}/confirm`, { code: code(offered.secret) });
		expect(new Set(right.json().recoveryCodes).size).toBe(10);
		expect((await one.call("GET", own)).json()).toMatchObject({ enrolled: true, recoveryCodesLeft: 10 });
	});

	test("does not work with a token alone, so a found one keeps nobody out", async () => {
		const refused = await one.call("POST", own, { password: "wrong" });
		expect([refused.statusCode, refused.json().code]).toEqual([400, "invalid.password"]);
		expect((await one.call("POST", `${own}/confirm`, { code: "123456" })).json().code).toBe(
			"second.factor.not.offered",
		);
	});

	test("never puts another in place of one that is there", async () => {
		await enrol();
		expect((await one.call("POST", own, { password })).json().code).toBe("second.factor.exists");
	});

	test("gives another secret each time, so who has seen an old one has nothing", async () => {
		const first = (await one.call("POST", own, { password })).json();
		const second = (await one.call("POST", own, { password })).json();
		expect(second.secret).not.toBe(first.secret);
		expect((await one.call("POST", `${own}/confirm`, { code: code(first.secret) })).json().code).toBe("invalid.code");
	});
});

test("secrets and recovery codes stand in the database sealed and hashed", async () => {
	const { secret, recoveryCodes } = await enrol();
	const { db } = people.kernel.database;
	const factors = await db.selectFrom("second_factors").selectAll().execute();
	const text = factors.map((row) => row.sealed_secret.toString("latin1")).join();
	expect(text).not.toContain(secret);
	const codes = JSON.stringify(await db.selectFrom("recovery_codes").selectAll().execute());
	expect(codes).not.toContain(recoveryCodes[0]?.replaceAll("-", ""));
	const other = await givers.person([]);
	const [mine] = factors.filter((row) => row.user_id === one.user.id);
	if (!mine) throw new Error("There is no row.");
	// A sealed secret that somebody moves to another user's row opens nothing there.
	await db
		.insertInto("second_factors")
		.values({ ...mine, user_id: other.user.id })
		.execute();
	const check = people.users.authentication.secondFactor.check(other.user, code(secret), { address: "192.0.2.1" });
	await expect(check).rejects.toThrow();
});

describe("a changed second factor left what was open for somebody else open", () => {
	const sessions = async () => (await people.oauth.sessionsOf(one.user.id)).length;
	const another = async () => {
		const clientId = (await people.oauth.sessions.tokenOf(await principal()))?.token.clientId ?? "";
		await people.oauth.issueToken({ clientId, userId: one.user.id });
	};
	const principal = async () => {
		const found = await people.oauth.authenticate(one.token);
		if (!found) throw new Error("The session has ended.");
		return found;
	};

	test("so setting one up, and doing without, ends every session but the one that asks", async () => {
		await another();
		const { secret } = await enrol();
		expect(await sessions()).toBe(1);
		await another();
		expect((await one.call("POST", `${own}/remove`, { code: code(secret) })).statusCode).toBe(204);
		expect(await sessions()).toBe(1);
		expect(await principal()).toBeDefined();
	});

	test("so who takes a lost one away ends them all", async () => {
		await enrol();
		const admin = await givers.person([[["*:*:*"], "*"]]);
		await admin.call("DELETE", `/api/inlay/v1/users/${one.user.id}/secondfactor`);
		expect(await sessions()).toBe(0);
	});
});

describe("without one's code", () => {
	test("neither new recovery codes are had nor is it taken away", async () => {
		const { secret, recoveryCodes } = await enrol();
		expect((await one.call("POST", `${own}/recoverycodes`, { code: "000000" })).json().code).toBe("invalid.code");
		expect((await one.call("POST", `${own}/remove`, { code: "000000" })).json().code).toBe("invalid.code");
		const renewed = await one.call("POST", `${own}/recoverycodes`, { code: code(secret) });
		expect(renewed.json().recoveryCodes).toHaveLength(10);
		const old = await one.call("POST", `${own}/remove`, { code: recoveryCodes[0] });
		expect(old.json().code).toBe("invalid.code");
		expect((await one.call("POST", `${own}/remove`, { code: renewed.json().recoveryCodes[3] })).statusCode).toBe(204);
		expect((await one.call("GET", own)).json()).toEqual({ enrolled: false, recoveryCodesLeft: 0, required: false });
	});
});

test("an administrator takes a lost one away, and only one who holds what its owner holds", async () => {
	await enrol();
	await people.authorization.grant(one.user.id, await givers.role("routing:queue:delete"), "*");
	const path = `/api/inlay/v1/users/${one.user.id}/secondfactor`;
	const weak = await givers.person([[["directory:user:setPassword"], "*"]]);
	expect((await weak.call("GET", path)).json().enrolled).toBe(true);
	const refused = await weak.call("DELETE", path);
	expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
	const strong = await givers.person([[["directory:user:setPassword", "routing:queue:delete"], "*"]]);
	expect((await strong.call("DELETE", path)).statusCode).toBe(204);
	expect((await strong.call("GET", path)).json().enrolled).toBe(false);
});
