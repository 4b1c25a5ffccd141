import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { restoreAccess } from "./app-access.ts";
import { createGivers, type Giver, type Givers } from "./test-support/givers.ts";
import { keptLog } from "./test-support/log-lines.ts";
import { type TestPeople, testPeople } from "./test-support/test-people.ts";
import { codeAt } from "./users/second-factor/totp.ts";

const { log, lines } = keptLog();
let people: TestPeople;
let givers: Givers;
let admin: Giver;

beforeAll(async () => {
	people = await testPeople({ log });
	givers = await createGivers(people);
});
afterAll(() => people.close());

beforeEach(async () => {
	people.kernel.clock.advance(3_600_000);
	admin = await givers.person([[["users:user:view"], "*"]]);
	lines.length = 0;
});

const restore = (change: { user?: string; removeSecondFactor?: boolean } = {}) =>
	restoreAccess(people.kernel, people, {
		user: admin.user.email,
		removeSecondFactor: false,
		operator: "olga",
		...change,
	});

async function enrol(): Promise<void> {
	const { secondFactor } = people.users.authentication;
	const { secret } = await secondFactor.offer(admin.user);
	await secondFactor.confirm(admin.user, codeAt(secret, people.kernel.clock.now()), { address: "192.0.2.1" });
}

test("a sole administrator who had lost the password had no way back", async () => {
	const { token } = admin;
	const done = await restore({ user: admin.user.email.toUpperCase() });
	expect(done).toMatchObject({ username: admin.user.username, activated: false, secondFactorRemoved: false });
	expect((await people.users.verifyPassword(admin.user.username, done.password))?.id).toBe(admin.user.id);
	expect(await people.users.authentication.passwords.mustChange(admin.user.id)).toBe(true);
	expect((await people.call("GET", "/api/v2/users/me", { token })).statusCode).toBe(401);
});

test("somebody who was locked out by guesses stayed so with the new password", async () => {
	for (let i = 0; i < 60; i++) await people.users.verifyPassword(admin.user.username, `guess ${i}`);
	const { password } = await restore();
	expect((await people.users.verifyPassword(admin.user.username, password))?.id).toBe(admin.user.id);
});

test("the second factor stays unless it is asked for, and then it is gone", async () => {
	await enrol();
	const { secondFactor } = people.users.authentication;
	expect(await restore()).toMatchObject({ secondFactorStays: true, secondFactorRemoved: false });
	expect(await secondFactor.isEnrolled(admin.user.id)).toBe(true);
	expect(await restore({ removeSecondFactor: true })).toMatchObject({
		secondFactorStays: false,
		secondFactorRemoved: true,
	});
	expect(await secondFactor.isEnrolled(admin.user.id)).toBe(false);
	expect(await restore({ removeSecondFactor: true })).toMatchObject({ secondFactorRemoved: false });
});

test("an inactive user got a password that opens nothing", async () => {
	await people.users.update(admin.user.id, { state: "inactive" });
	const { activated, password } = await restore();
	expect(activated).toBe(true);
	expect((await people.users.verifyPassword(admin.user.username, password))?.state).toBe("active");
});

test("nobody saw that the operator had let somebody in, or the password stood in a log", async () => {
	const { password } = await restore();
	const events = (await people.kernel.told()).filter(({ entityId }) => entityId === admin.user.id);
	expect(events.map(({ type, data }) => [type, data])).toEqual(
		expect.arrayContaining([
			["user.password.changed", { mustChange: true }],
			["user.access.restored", { operator: "olga", activated: false, secondFactorRemoved: false }],
		]),
	);
	expect(lines).toMatchObject([{ level: 40, event: "user.access.restored", userId: admin.user.id, operator: "olga" }]);
	expect(JSON.stringify([events, lines])).not.toContain(password);
});

test("a one-time password was refused by what the organization asks of passwords", async () => {
	await people.users.organization.updateSettings({ passwordRequirements: { minimumLength: 60 } });
	try {
		const { password } = await restore();
		expect((await people.users.verifyPassword(admin.user.username, password))?.id).toBe(admin.user.id);
	} finally {
		await people.users.organization.updateSettings({ passwordRequirements: { minimumLength: 8 } });
	}
});

test("a name that nobody has, or a deleted user's, is told and changes nothing", async () => {
	await expect(restore({ user: "nobody@x.example" })).rejects.toMatchObject({ code: "user.notFound" });
	await people.users.remove(admin.user.id);
	await expect(restore()).rejects.toMatchObject({ code: "user.notFound" });
	expect(lines).toEqual([]);
});
