import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { timeZones } from "./time-zones.ts";

let people: TestPeople;
let givers: Givers;
let admin: Giver;
let home: string;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	admin = await givers.person([[["*:*:*"], "*"]]);
	home = await people.authorization.homeDivisionId();
});

afterAll(() => people.close());

const read = async (id: string) => (await admin.call("GET", `users/${id}`)).json();

describe("a user sent back whole", () => {
	test("changes in what was changed, and in nothing that cannot be", async () => {
		const { user } = await givers.person([]);
		const before = await read(user.id);
		const sent = {
			...before,
			id: "another",
			chat: { jabberId: "x" },
			title: "Lead",
			dateLastLogin: "never",
		};
		const answer = await admin.call("PATCH", `users/${user.id}`, sent);
		expect(answer.json()).toEqual({ ...before, title: "Lead", version: 2 });
	});

	test("a change of division, a password and roles were taken and dropped", async () => {
		const { user } = await givers.person([]);
		for (const [change, field] of [
			[{ division: { id: "elsewhere" } }, "division"],
			[{ password: "battery staple" }, "password"],
			[{ roles: [{ id: "admin" }] }, "roles"],
			[{ acdAutoAnswer: true }, "acdAutoAnswer"],
		] as const) {
			const answer = await admin.call("PATCH", `users/${user.id}`, { version: 1, title: "Lead", ...change });
			expect([answer.statusCode, answer.json().messageParams]).toEqual([400, { fields: field }]);
		}
		expect(await read(user.id)).not.toHaveProperty("title");
	});

	test("an id sent with a new user became the user's", async () => {
		const wanted = { name: "New", email: `own-id@x.example`, divisionId: await people.authorization.homeDivisionId() };
		const answer = await admin.call("POST", "users", { ...wanted, id: "my-own-id" });
		expect([answer.statusCode, answer.json().id === "my-own-id"]).toEqual([200, false]);
	});

	test("a telephone number that nobody can dial was kept, of people and of groups, and no call would ever have come", async () => {
		const { user } = await givers.person([]);
		const phone = (address: string, more: object = {}) => ({ address, mediaType: "PHONE", type: "WORK", ...more });
		for (const [bad, field] of [
			[phone("call me"), "addresses[0].address"],
			[phone("317-555-0123 / 0124"), "addresses[0].address"],
			[phone(" "), "addresses[0].address"],
			[{ ...phone("+31731234567"), countryCode: "XX" }, "addresses[0].countryCode"],
			[{ mediaType: "EMAIL", type: "WORK", address: "\u200E@\u200E" }, "addresses[0].address"],
			[{ mediaType: "EMAIL", type: "WORK", address: "nobody" }, "addresses[0].address"],
			[{ mediaType: "PHONE", type: "WORK", extension: "4o21" }, "addresses[0].extension"],
			[{ mediaType: "FAX", type: "WORK", address: "+13175550123" }, "addresses[0].mediaType"],
			[{ type: "WORK", address: "hello" }, "addresses[0].mediaType"],
		] as const)
			for (const [method, path, body] of [
				["PATCH", `users/${user.id}`, { version: 1 }],
				["POST", "users", { name: "New", email: `${randomUUID()}@x.example`, divisionId: home }],
				["POST", "groups", { name: randomUUID(), type: "official", rulesVisible: true, visibility: "public" }],
			] as const) {
				const answer = await admin.call(method, path, { ...body, addresses: [bad] });
				expect([path, answer.statusCode, answer.json().details?.[0]?.fieldName]).toEqual([path, 400, field]);
			}
		const good = [phone("+1 317 555 0123"), { mediaType: "PHONE", type: "WORK2", extension: "4021" }];
		const kept = await admin.call("PATCH", `users/${user.id}`, { version: 1, addresses: good });
		expect([kept.statusCode, kept.json().addresses]).toEqual([200, good]);
		const turned = await admin.call("PATCH", `users/${user.id}`, {
			version: 2,
			addresses: [phone("\u202e+13175550124\u202c")],
		});
		expect(turned.json().addresses).toEqual([phone("+13175550124")]);
	});

	test("keeps the parts of a profile that it leaves out", async () => {
		const { user } = await givers.person([]);
		const path = `users/${user.id}`;
		await admin.call("PATCH", path, { version: 1, profileSkills: ["billing"], biography: { biography: "Long here" } });
		await admin.call("PATCH", path, { version: 2, certifications: ["A"] });
		expect(await read(user.id)).toMatchObject({
			profileSkills: ["billing"],
			certifications: ["A"],
			biography: { biography: "Long here" },
		});
	});

	test("lets go of what is set to null", async () => {
		const { user } = await givers.person([]);
		const path = `users/${user.id}`;
		await admin.call("PATCH", path, { version: 1, title: "Lead", manager: admin.user.id });
		expect((await read(user.id)).manager.id).toBe(admin.user.id);
		await admin.call("PATCH", path, { version: 2, title: null, manager: null });
		const after = await read(user.id);
		expect([after.title, after.manager]).toEqual([undefined, undefined]);
	});
});

describe("refused whole, and nothing stored:", () => {
	test.each([
		[{ name: " " }, "name"],
		[{ name: "x".repeat(201) }, "name"],
		[{ email: "nobody" }, "email"],
		[{ email: "a b@x.example" }, "email"],
		[{ username: "" }, "username"],
		[{ username: "x".repeat(255) }, "username"],
	])("%j", async (wrong, fieldName) => {
		const { user } = await givers.person([]);
		const before = await read(user.id);
		const answer = await admin.call("PATCH", `users/${user.id}`, { version: 1, title: "Half", ...wrong });
		expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, fieldName]);
		expect(await read(user.id)).toEqual(before);
	});

	test("an unknown manager, and an unknown division", async () => {
		const { user } = await givers.person([]);
		expect((await admin.call("PATCH", `users/${user.id}`, { version: 1, manager: "nobody" })).statusCode).toBe(404);
		const stray = { name: "Stray", email: "stray@x.example", divisionId: "nowhere" };
		const answer = await admin.call("POST", "users", stray);
		expect(answer.statusCode).toBe(400);
		expect(await people.users.findByUsername("stray@x.example")).toBeUndefined();
	});

	test("somebody else's user name, but for a user who is gone", async () => {
		const [one, other] = [await givers.person([]), await givers.person([])];
		const taken = { version: 1, username: one.user.username.toUpperCase() };
		const refused = await admin.call("PATCH", `users/${other.user.id}`, taken);
		expect([refused.statusCode, refused.json().code]).toEqual([409, "resource.already.exists"]);
		await people.users.remove(one.user.id);
		expect((await admin.call("PATCH", `users/${other.user.id}`, taken)).statusCode).toBe(200);
		const back = await admin.call("PATCH", `users/${one.user.id}`, { version: 2, state: "active" });
		expect([back.statusCode, back.json().code]).toEqual([409, "resource.already.exists"]);
	});
});

describe("in a division", () => {
	test("users are created, changed and deleted by who may there", async () => {
		const [north, south] = [await givers.division(), await givers.division()];
		const rights = ["directory:user:add", "directory:user:edit", "directory:user:delete", "directory:user:setPassword"];
		const one = await givers.person([[rights, north]]);
		const { user } = await givers.person([], south);
		const attempts = [
			await one.call("POST", "users", { name: "S", email: "s@x.example", divisionId: south }),
			await one.call("PATCH", `users/${user.id}`, { version: 1, title: "Mine" }),
			await one.call("POST", `users/${user.id}/password`, { newPassword: "correct horse staple" }),
			await one.call("DELETE", `users/${user.id}`),
		];
		for (const refused of attempts) {
			expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
		}
		expect(await people.users.get(user.id)).toMatchObject({ state: "active", version: 1 });
		const made = await one.call("POST", "users", { name: "N", email: "n@x.example", divisionId: north });
		expect(made.json().division.id).toBe(north);
		expect((await one.call("DELETE", `users/${made.json().id}`)).statusCode).toBe(200);
	});

	test("editing does not delete", async () => {
		const editor = await givers.person([[["directory:user:edit"], home]]);
		const { user } = await givers.person([]);
		const refused = await editor.call("PATCH", `users/${user.id}`, { version: 1, state: "deleted" });
		expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
		expect((await people.users.get(user.id)).state).toBe("active");
	});
});

describe("the log", () => {
	test("tells who changed whom, and how a user ended", async () => {
		const { user } = await givers.person([]);
		const before = await people.kernel.newest();
		await admin.call("PATCH", `users/${user.id}`, { version: 1, title: "Lead" });
		await admin.call("PATCH", `users/${user.id}`, { version: 2, state: "inactive" });
		await admin.call("DELETE", `users/${user.id}`);
		const events = await people.kernel.told(before);
		const about = events.filter((event) => event.entityId === user.id);
		expect(about.map(({ type, data }) => [type, (data as { state: string }).state])).toEqual([
			["user.changed", "active"],
			["user.changed", "inactive"],
			["user.deleted", "deleted"],
		]);
		expect(new Set(about.map((event) => event.actor?.userId))).toEqual(new Set([admin.user.id]));
	});
});

describe("a name and an address to sign in with", () => {
	test("a look-alike of somebody's user name stood beside it", async () => {
		const { user } = await givers.person([]);
		const [first = "", ...rest] = user.username;
		const lookAlikes = [`${user.username}\u200b`, `\u202e${user.username}`, `${first} ${rest.join("")}`];
		for (const username of lookAlikes) {
			const made = await admin.call("POST", "users", {
				name: "Mallory",
				email: `m${randomUUID()}@example.com`,
				username,
				divisionId: home,
			});
			expect([made.statusCode, made.json().details?.[0]?.fieldName], username).toEqual([400, "username"]);
		}
		const long = await admin.call("POST", "users", {
			name: "M",
			email: `m${randomUUID()}@example.com`,
			divisionId: home,
		});
		const wide = [...user.username].map((letter) =>
			/[a-z]/.test(letter) ? String.fromCodePoint(letter.charCodeAt(0) + 0xfee0) : letter,
		);
		const taken = await admin.call("PATCH", `users/${long.json().id}`, { version: 1, username: wide.join("") });
		expect([taken.statusCode, taken.json().code]).toEqual([409, "resource.already.exists"]);
	});

	test("two people had one e-mail address, and one the other's address as user name", async () => {
		const [one, other] = [(await givers.person([])).user, (await givers.person([])).user];
		for (const change of [{ email: one.email.toUpperCase() }, { username: one.email }, { email: one.username }]) {
			const answer = await admin.call("PATCH", `users/${other.id}`, { version: 1, ...change });
			expect([answer.statusCode, answer.json().code]).toEqual([409, "resource.already.exists"]);
		}
	});

	test.each([
		(name: string, domain: string) => `${name}@${domain}.`,
		(name: string, domain: string) => `${name}@.${domain}`,
		(name: string, domain: string) => `${name}@${domain.replace(".", "..")}`,
		(name: string, domain: string) => `${name}@${domain.replace(".", "\u3002")}`,
		(name: string, domain: string) => `${name}@${domain.replace(".", "\uff61")}`,
		(name: string, domain: string) => `"${name}"@${domain}`,
		(name: string, domain: string) => `${name}(x)@${domain}`,
	])("an address spelled in another way passed beside the same address: %s", async (spelled) => {
		const [one, other] = [(await givers.person([])).user, (await givers.person([])).user];
		const [name = "", domain = ""] = one.email.split("@");
		for (const field of ["email", "username"]) {
			const change = { version: 1, [field]: spelled(name, domain) };
			const changed = await admin.call("PATCH", `users/${other.id}`, change);
			expect([changed.statusCode, changed.json().details[0].fieldName]).toEqual([400, field]);
		}
		const made = await admin.call("POST", "users", { name: "New", email: spelled(name, domain), divisionId: home });
		expect([made.statusCode, made.json().details[0].fieldName]).toEqual([400, "email"]);
	});

	test("the page promised that an e-mail address signs in, and it did not", async () => {
		const { user } = await givers.person([]);
		await people.users.update(user.id, { username: `name.${user.id}` });
		await admin.call("POST", `users/${user.id}/password`, { newPassword: "correct horse battery" });
		const proven = await people.users.verifyPassword(user.email.toUpperCase(), "correct horse battery");
		expect(proven?.id).toBe(user.id);
	});
});

test("somebody was their own manager, or their manager's", async () => {
	const [{ user: one }, { user: other }] = [await givers.person([]), await givers.person([])];
	const set = (id: string, manager: string, version: number) =>
		admin.call("PATCH", `users/${id}`, { version, manager });
	expect((await set(one.id, one.id, 1)).json().details[0].fieldName).toBe("manager");
	expect((await set(one.id, other.id, 1)).statusCode).toBe(200);
	const refused = await set(other.id, one.id, 1);
	expect([refused.statusCode, refused.json().details[0].fieldName]).toEqual([400, "manager"]);
});

describe("time zones", () => {
	test.each([
		["Europe/Berlin", "2026-01-15T12:00:00Z", 60],
		["Europe/Berlin", "2026-07-15T12:00:00Z", 120],
		["America/New_York", "2026-03-08T06:59:00Z", -300],
		["America/New_York", "2026-03-08T07:01:00Z", -240],
		["Asia/Kolkata", "2026-01-15T12:00:00Z", 330],
		["Pacific/Marquesas", "2026-01-15T12:00:00Z", -570],
	])("%s at %s is %i minutes from UTC", (id, at, offset) => {
		const names = [id, id.replace("Kolkata", "Calcutta")];
		expect(timeZones(new Date(at)).find((zone) => names.includes(zone.id))?.offset).toBe(offset);
	});
});
