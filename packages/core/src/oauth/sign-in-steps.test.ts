import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { User } from "../users/model.ts";
import { settingsOfDemand } from "../users/second-factor/demand.ts";
import { codeAt } from "../users/second-factor/totp.ts";
import { seedClient, seedUser } from "./seed.ts";
import { headingOf, problemOf, Visitor } from "./test-support/visitor.ts";

const redirectUri = "https://crm.example/cb";
const password = "correct horse";
const stepMs = 30_000;
const dayMs = 86_400_000;

let people: TestPeople;
let clientId: string;
let user: User;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	clientId = (await seedClient(people, { name: "Panel", grant: "CODE", redirectUris: [redirectUri] })).client.id;
});

afterAll(() => people.close());

beforeEach(async () => {
	const { organization } = people.users;
	await organization.updateSettings({ ...settingsOfDemand("nobody"), ipAddressAllowlist: [] });
	await organization.updateSettings({ passwordRequirements: { expirationDays: 0, minimumDigits: 0 } });
	const email = `user${++count}@x.example`;
	user = await seedUser(people, { name: `User ${count}`, email, password, roles: ["agent"] });
});

function visitor(address?: string): Visitor {
	return new Visitor(people, { clientId, redirectUri }, address);
}

function code(secret: string): string {
	return codeAt(secret, people.kernel.clock.now());
}

/** Sets a second factor up as the user would in the console. */
async function enrol(): Promise<{ secret: string; recoveryCodes: string[] }> {
	const { secondFactor } = people.users.authentication;
	const { secret } = await secondFactor.offer(user);
	const outcome = await secondFactor.confirm(user, code(secret), { address: "192.0.2.1" });
	if (outcome.kind !== "confirmed") throw new Error(outcome.kind);
	people.kernel.clock.advance(stepMs);
	return { secret, recoveryCodes: outcome.recoveryCodes };
}

describe("a password that has to be changed opens nothing else", () => {
	test("the first administrator kept the first password for ever: now the page asks for another one", async () => {
		const email = `first${count}@x.example`;
		await seedUser(people, { name: "First", email, password, mustChangePassword: true, roles: ["admin"] });
		const visit = visitor();
		const asked = await visit.signIn(email, password);
		expect([asked.statusCode, headingOf(asked)]).toEqual([200, "Choose a new password"]);
		expect(asked.headers.location).toBeUndefined();
		expect(asked.body).toContain('autocomplete="new-password"');
		const weak = await visit.send({ newPassword: "Password1" });
		expect([weak.statusCode, problemOf(weak)]).toEqual([400, expect.stringContaining("guessed first")]);
		const same = await visit.send({ newPassword: password });
		expect(problemOf(same)).toContain("used until now");
		expect((await visit.send({ newPassword: "battery staple" })).statusCode).toBe(303);
		expect((await visitor().signIn(email, password)).statusCode).toBe(403);
		expect((await visitor().signIn(email, "battery staple")).statusCode).toBe(303);
	});

	test("one that an administrator has set so, and one that is too old", async () => {
		await people.users.authentication.passwords.reset(user, "set by the boss", { mustChange: true });
		expect(headingOf(await visitor().signIn(user.username, "set by the boss"))).toBe("Choose a new password");
		await people.users.authentication.passwords.reset(user, "set once more");
		await people.users.organization.updateSettings({ passwordRequirements: { expirationDays: 90, minimumDigits: 2 } });
		expect((await visitor().signIn(user.username, "set once more")).statusCode).toBe(303);
		people.kernel.clock.advance(90 * dayMs);
		const visit = visitor();
		const expired = await visit.signIn(user.username, "set once more");
		expect(expired.body).toContain("<li>At least 2 digits</li>");
		expect(problemOf(await visit.send({ newPassword: "no digits here" }))).toBe("At least 2 digits.");
		expect((await visit.send({ newPassword: "two digits 42" })).statusCode).toBe(303);
	});

	test("and the step cannot be skipped by sending another form, or a step of before a change", async () => {
		await people.users.authentication.passwords.reset(user, "set by the boss", { mustChange: true });
		const visit = visitor();
		await visit.signIn(user.username, "set by the boss");
		const { ticket } = visit;
		expect(headingOf(await visit.send({ code: "123456" }))).toBe("Choose a new password");
		await people.users.authentication.passwords.reset(user, "and once again", { mustChange: true });
		const late = await visit.send({ newPassword: "battery staple" }, ticket);
		expect([late.statusCode, headingOf(late)]).toEqual([400, "Sign in"]);
		expect(problemOf(late)).toContain("changed meanwhile");
	});
});

describe("a demanded second factor was answered 200 and kept nothing", () => {
	test("so who has none sets one up, sees the recovery codes, and signs in with a code from then on", async () => {
		await people.users.organization.updateSettings({ multifactorAuthenticationRequired: true });
		const visit = visitor();
		const asked = await visit.signIn(user.username, password);
		expect(headingOf(asked)).toBe("Set up an authenticator app");
		expect(asked.body).toContain("<svg");
		const secret = /class="key">([^<]+)</.exec(asked.body)?.[1]?.replaceAll(" ", "") ?? "";
		const wrong = await visit.send({ code: "000000" });
		expect([wrong.statusCode, wrong.body.includes(secret.slice(0, 4))]).toEqual([403, true]);
		const codes = await visit.send({ code: code(secret) });
		expect(headingOf(codes)).toBe("Keep your recovery codes");
		expect(codes.body.match(/<li>[\w-]{29}<\/li>/g)).toHaveLength(10);
		expect((await visit.send({})).statusCode).toBe(303);

		people.kernel.clock.advance(stepMs);
		const next = visitor();
		expect(headingOf(await next.signIn(user.username, password))).toBe("Enter your code");
		expect((await next.send({ code: code(secret) })).statusCode).toBe(303);
	});

	test("and a reload of the page with the recovery codes lost them for ever", async () => {
		await people.users.organization.updateSettings({ multifactorAuthenticationRequired: true });
		const visit = visitor();
		const asked = await visit.signIn(user.username, password);
		const secret = /class="key">([^<]+)</.exec(asked.body)?.[1]?.replaceAll(" ", "") ?? "";
		const { ticket: form } = visit;
		const sent = { code: code(secret) };
		const codesOn = ({ body }: { body: string }) => body.match(/<li>[\w-]{29}<\/li>/g);
		const first = await visit.send(sent, form);
		const again = await visit.send(sent, form);
		expect(headingOf(again)).toBe("Keep your recovery codes");
		expect([codesOn(again)?.length, codesOn(again)]).toEqual([10, codesOn(first)]);
		expect((await visit.send({})).statusCode, "goes on from there").toBe(303);
		const late = await visit.send(sent, form);
		expect([late.statusCode, codesOn(late)], "kept, and shown to nobody any more").toEqual([400, null]);
	});

	test("and administrators could not be asked without all agents, who have no telephone at hand", async () => {
		await people.users.organization.updateSettings(settingsOfDemand("administrators"));
		const email = `admin${count}@x.example`;
		await seedUser(people, { name: "Administrator", email, password, roles: ["admin"] });
		expect((await visitor().signIn(user.username, password)).statusCode, "an agent").toBe(303);
		expect(headingOf(await visitor().signIn(email, password))).toBe("Set up an authenticator app");
		await people.users.organization.updateSettings(settingsOfDemand("everybody"));
		expect(headingOf(await visitor().signIn(user.username, password))).toBe("Set up an authenticator app");
	});

	test("so who has one is asked for it although nobody demands it", async () => {
		const { secret } = await enrol();
		const visit = visitor();
		const asked = await visit.signIn(user.username, password);
		expect(asked.body).toContain('autocomplete="one-time-code"');
		expect((await visit.send({ code: code(secret) })).statusCode).toBe(303);
	});
});

describe("a code", () => {
	test("is good once, whoever has read it over the shoulder", async () => {
		const { secret } = await enrol();
		const first = visitor();
		await first.signIn(user.username, password);
		const used = code(secret);
		expect((await first.send({ code: used })).statusCode).toBe(303);
		const second = visitor();
		await second.signIn(user.username, password);
		const again = await second.send({ code: used });
		expect([again.statusCode, problemOf(again)]).toEqual([403, expect.stringContaining("used before")]);
		people.kernel.clock.advance(stepMs);
		expect((await second.send({ code: code(secret) })).statusCode).toBe(303);
	});

	test("let in again whoever sent its form again, or a later form of the same sign-in", async () => {
		const { secret } = await enrol();
		await people.users.authentication.passwords.reset(user, "set by the boss", { mustChange: true });
		const visit = visitor();
		await visit.signIn(user.username, "set by the boss");
		const codeForm = visit.ticket;
		await visit.send({ code: code(secret) });
		const passwordForm = visit.ticket;
		expect((await visit.send({ newPassword: "battery staple" })).statusCode).toBe(303);
		people.kernel.clock.advance(stepMs);
		for (const [fields, ticket] of [
			[{ code: code(secret) }, codeForm],
			[{ newPassword: "battery staple 2" }, passwordForm],
		] as const) {
			const again = await visit.send(fields, ticket);
			expect([again.statusCode, headingOf(again), again.headers.location]).toEqual([400, "Sign in", undefined]);
		}
	});

	test("with its form sent twice made two sessions of one sign-in", async () => {
		const { secret } = await enrol();
		const visit = visitor();
		await visit.signIn(user.username, password);
		const form = visit.ticket;
		expect((await visit.send({ code: code(secret) }, form)).statusCode).toBe(303);
		people.kernel.clock.advance(stepMs);
		const again = await visit.send({ code: code(secret) }, form);
		expect([again.statusCode, problemOf(again)]).toEqual([400, expect.stringContaining("sign in again")]);
	});

	test("of one moment lets one of two in who send it at once", async () => {
		const { secret } = await enrol();
		const visitors = [visitor(), visitor()];
		for (const one of visitors) await one.signIn(user.username, password);
		const answers = await Promise.all(visitors.map((one) => one.send({ code: code(secret) })));
		expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 403]);
	});

	test("is braked, also when it is right", async () => {
		const { secret } = await enrol();
		const visit = visitor();
		await visit.signIn(user.username, password);
		for (let i = 0; i < 10; i++) await visit.send({ code: "000000" });
		const blocked = await visit.send({ code: code(secret) });
		expect([blocked.statusCode, Number(blocked.headers["retry-after"])]).toEqual([429, 300]);
	});

	test("for recovery is good once, however it is typed", async () => {
		const { recoveryCodes } = await enrol();
		const [one = ""] = recoveryCodes;
		const visit = visitor();
		await visit.signIn(user.username, password);
		expect((await visit.send({ code: one.toUpperCase().replaceAll("-", " ") })).statusCode).toBe(303);
		const again = visitor();
		await again.signIn(user.username, password);
		const refused = await again.send({ code: one });
		expect([refused.statusCode, refused.body.includes('<details class="other" open>')]).toEqual([403, true]);
		expect((await people.users.authentication.secondFactor.status(user.id)).recoveryCodesLeft).toBe(9);
	});

	test("comes before the new password, so who knows the old one alone changes nothing", async () => {
		const { secret } = await enrol();
		await people.users.authentication.passwords.reset(user, "set by the boss", { mustChange: true });
		const visit = visitor();
		expect(headingOf(await visit.signIn(user.username, "set by the boss"))).toBe("Enter your code");
		expect(headingOf(await visit.send({ newPassword: "battery staple" }))).toBe("Enter your code");
		expect(headingOf(await visit.send({ code: code(secret) }))).toBe("Choose a new password");
		expect((await visit.send({ newPassword: "battery staple" })).statusCode).toBe(303);
	});
});

test("invented names from one address kept the office behind it out, with the right password too", async () => {
	const stranger = visitor("203.0.113.160");
	const answers = [];
	for (let i = 0; i < 25; i++) answers.push((await stranger.signIn(`invented${i}`, "guess")).statusCode);
	expect([answers[0], answers.at(-1)]).toEqual([403, 429]);
	const colleague = visitor("203.0.113.160");
	expect((await colleague.signIn(user.username, "guess")).statusCode).toBe(429);
	expect((await colleague.signIn(user.username, password)).statusCode).toBe(303);
	// Still as many tries per name as ever.
	for (let i = 0; i < 5; i++) await stranger.signIn(user.username, `guess ${i}`);
	expect((await visitor("203.0.113.160").signIn(user.username, password)).statusCode).toBe(429);
});

describe("a device that has signed in before", () => {
	test("lets its owner in while strangers guess from the same address", async () => {
		const desk = visitor("203.0.113.50");
		const cookies = [(await desk.signIn(user.username, password)).headers["set-cookie"] ?? []].flat();
		expect(cookies.find((cookie) => cookie.startsWith("__Host-inlay-device"))).toMatch(
			/^__Host-inlay-device=[\w.-]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=None; Partitioned$/,
		);
		const stranger = visitor("203.0.113.50");
		for (let i = 0; i < 8; i++) await stranger.signIn(user.username, `guess ${i}`);
		expect((await stranger.signIn(user.username, password)).statusCode).toBe(429);
		expect((await desk.signIn(user.username, password)).statusCode).toBe(303);
	});

	test("is known for its own user only, and a made-up one for nobody", async () => {
		const desk = visitor("203.0.113.51");
		await desk.signIn(user.username, password);
		const victim = await seedUser(people, { name: "Vic", email: `vic${count}@x.example`, password, roles: [] });
		for (let i = 0; i < 8; i++) await desk.signIn(victim.username, `guess ${i}`);
		expect((await desk.signIn(victim.username, password)).statusCode).toBe(429);
		const liar = visitor("203.0.113.51");
		liar.cookie = `__Host-inlay-device=${"a".repeat(32)}.${"b".repeat(43)}`;
		expect((await liar.signIn(victim.username, password)).statusCode).toBe(429);
	});

	test("is a stranger's again when an administrator sets the password", async () => {
		const desk = visitor("203.0.113.52");
		await desk.signIn(user.username, password);
		await people.users.authentication.passwords.reset(user, "set by the boss");
		for (let i = 0; i < 8; i++) await desk.signIn(user.username, `guess ${i}`);
		expect((await desk.signIn(user.username, "set by the boss")).statusCode).toBe(429);
	});
});

test("who may not sign in from an address is told so, and no password is looked at", async () => {
	await people.users.organization.updateSettings({ ipAddressAllowlist: ["198.51.100.0/24", "2001:db8::/32"] });
	const outside = await visitor("203.0.113.9").signIn(user.username, password);
	expect([outside.statusCode, problemOf(outside)]).toEqual([403, expect.stringContaining("from this network")]);
	expect((await visitor("198.51.100.77").signIn(user.username, password)).statusCode).toBe(303);
	expect((await visitor("2001:db8:1::5").signIn(user.username, password)).statusCode).toBe(303);
	expect((await visitor("::ffff:198.51.100.9").signIn(user.username, password)).statusCode).toBe(303);
});

test.each(["\ud800", "x".repeat(5_000), "'; drop table users; --"])(
	"a name that nobody has is refused like any other: %j",
	async (username) => {
		const answer = await visitor("203.0.113.60").signIn(username, "wrong");
		expect([answer.statusCode, problemOf(answer)]).toEqual([403, expect.stringContaining("not right")]);
	},
);

test("text that cannot be stored is refused, not a failure of the server", async () => {
	for (const [name, secret] of [
		["ann\0", "wrong"],
		["ann", "\0wrong"],
	] as const)
		expect((await visitor("203.0.113.61").signIn(name, secret)).statusCode).toBe(400);
});

test("a user who was deactivated between two steps is not let in", async () => {
	const { secret } = await enrol();
	const visit = visitor();
	await visit.signIn(user.username, password);
	await people.users.update(user.id, { state: "inactive" });
	expect((await visit.send({ code: code(secret) })).statusCode).toBe(400);
});
