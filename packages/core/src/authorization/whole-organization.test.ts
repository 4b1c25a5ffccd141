import { afterAll, beforeAll, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let division: string;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	division = await givers.division();
});
afterAll(() => people.close());

const settings = "organizations/authentication/settings";
const embedding = "organizations/embeddedintegration";
const embedded = { enableWhitelist: true, domainWhitelist: ["evil.test"] };
const timeout = { idleTokenTimeoutSeconds: 300, enableIdleTokenTimeout: true };
const group = { name: "Crew", type: "official", visibility: "public", rulesVisible: true };

test.each([
	[
		"evil.test framed the sign-in",
		"directory:organization:admin",
		"PATCH",
		settings,
		{ domainAllowlist: ["evil.test"] },
	],
	["evil.test framed the panel", "directory:organization:admin", "PUT", embedding, embedded],
	["everybody's tokens ended sooner", "directory:organization:admin", "PUT", "tokens/timeout", timeout],
	[
		"a role of the whole organization was made",
		"authorization:role:add",
		"POST",
		"authorization/roles",
		{ name: "New" },
	],
	["a group of the whole organization was made", "directory:group:add", "POST", "groups", group],
] as const)("with a permission in one division %s", async (_what, permission, method, path, body) => {
	const ofOne = await givers.person([[[permission], division]]);
	const refused = await ofOne.call(method, path, body);
	expect([refused.statusCode, refused.json().code], refused.body).toEqual([403, "missing.division.permission"]);
	expect(refused.json().messageParams).toEqual({ permissions: permission, divisionId: "*" });
	const ofAll = await givers.person([[[permission], "*"]]);
	expect((await ofAll.call(method, path, body)).statusCode).toBe(200);
});

test("with directory:group:edit in one division people were taken into any group; its owners still may", async () => {
	const editor = await givers.person([[["directory:group:edit"], division]]);
	const owner = await givers.person([]);
	const { id } = await people.users.groups.create("server", { ...group, name: "Owned", ownerIds: [owner.user.id] });
	const join = { memberIds: [editor.user.id] };
	const refused = await editor.call("POST", `groups/${id}/members`, join);
	expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
	expect((await owner.call("POST", `groups/${id}/members`, join)).statusCode).toBe(202);
});
