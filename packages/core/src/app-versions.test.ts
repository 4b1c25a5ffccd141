import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGivers, type Giver } from "./test-support/givers.ts";
import { type TestPeople, testPeople } from "./test-support/test-people.ts";

let people: TestPeople;
let admin: Giver;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	admin = await (await createGivers(people)).person([[["*:*:*"], "*"]]);
});

afterAll(() => people.close());

interface Versioned {
	/** What is created, and changed to. */
	body(name: string): object;
	/** Whether a change may leave its version out, as the platform's model does. */
	optional: boolean;
}

/** What administrators change side by side. */
const kinds: Record<string, Versioned> = {
	"oauth/clients": {
		optional: true,
		body: (name) => ({ name, authorizedGrantType: "CODE", registeredRedirectUri: ["https://a.example/"] }),
	},
	"authorization/roles": { optional: true, body: (name) => ({ name, permissions: ["routing:queue:view"] }) },
	groups: {
		optional: false,
		body: (name) => ({ name, type: "official", visibility: "public", rulesVisible: true }),
	},
};

describe.each(Object.entries(kinds))("%s", (path, { body, optional }) => {
	const unique = () => `Name ${++count}`;

	async function made() {
		const answer = await admin.call("POST", path, body(unique()));
		expect(answer.statusCode, answer.body).toBe(200);
		return answer.json() as { id: string; name: string; version: number };
	}

	test("has a version, in the body and as ETag, that grows with every change", async () => {
		const entity = await made();
		const one = `${path}/${entity.id}`;
		for (const version of [1, 2, 3]) {
			const read = await admin.call("GET", one);
			expect([read.json().version, read.headers.etag]).toEqual([version, `"${version}"`]);
			const changed = await admin.call("PUT", one, { ...(read.json() as object), name: unique() });
			expect([changed.statusCode, changed.json().version], changed.body).toEqual([200, version + 1]);
			expect(changed.headers.etag).toBe(`"${version + 1}"`);
		}
	});

	test("is not changed from an old page, by body or If-Match", async () => {
		const old = await made();
		const one = `${path}/${old.id}`;
		const newer = (await admin.call("PUT", one, { ...old, name: unique() })).json();
		const { version: _version, ...withoutVersion } = { ...old, name: unique() };
		const attempts = [
			await admin.call("PUT", one, { ...old, name: unique() }),
			await admin.call("DELETE", one, undefined, { "if-match": '"1"' }),
			...(optional ? [await admin.call("PUT", one, withoutVersion, { "if-match": '"1"' })] : []),
		];
		for (const refused of attempts) {
			expect([refused.statusCode, refused.json().code], refused.body).toEqual([409, "version.conflict"]);
			expect(refused.json().messageParams).toMatchObject({ sent: "1", current: "2" });
		}
		expect((await admin.call("GET", one)).json()).toMatchObject({ name: newer.name, version: 2 });
	});

	test("names two different versions in vain", async () => {
		const entity = await made();
		const refused = await admin.call("PUT", `${path}/${entity.id}`, entity, { "if-match": '"2"' });
		expect([refused.statusCode, refused.json().details[0].fieldName]).toEqual([400, "version"]);
	});

	test("of two who save the same page at once, one is told", async () => {
		const entity = await made();
		const save = () => admin.call("PUT", `${path}/${entity.id}`, { ...entity, name: unique() });
		const answers = await Promise.all([save(), save()]);
		expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
	});

	test(
		optional ? "may be changed without saying what was seen" : "is not changed without saying what was seen",
		async () => {
			const entity = await made();
			const { version: _version, ...rest } = { ...entity, ...body(unique()) };
			const answer = await admin.call("PUT", `${path}/${entity.id}`, rest);
			expect(answer.statusCode, answer.body).toBe(optional ? 200 : 400);
		},
	);

	test("goes when its version is the one that was seen", async () => {
		const entity = await made();
		const answer = await admin.call("DELETE", `${path}/${entity.id}`, undefined, { "if-match": '"1"' });
		// An active client is refused for another reason.
		expect(answer.statusCode).toBe(path === "oauth/clients" ? 400 : 204);
	});
});

test("an administrator who saved an old page enabled again a client that another had just disabled", async () => {
	const made = await admin.call("POST", "oauth/clients", {
		name: "CRM",
		authorizedGrantType: "CODE",
		registeredRedirectUri: ["https://a.example/"],
	});
	const oldPage = made.json();
	const path = `oauth/clients/${oldPage.id}`;
	expect((await admin.call("PUT", path, { ...oldPage, state: "disabled" })).statusCode).toBe(200);
	const saved = await admin.call("PUT", path, { ...oldPage, description: "For the CRM" });
	expect([saved.statusCode, saved.json().code]).toEqual([409, "version.conflict"]);
	expect((await admin.call("GET", path)).json()).toMatchObject({ state: "disabled", version: 2 });
});

test.each([
	["organizations/authentication/settings", "PATCH", { universalLogout: true }],
	["organizations/embeddedintegration", "PUT", { enableWhitelist: true }],
])("%s refused every If-Match; now it compares", async (path, method, change) => {
	const read = await admin.call("GET", path);
	const seen = { "if-match": String(read.headers.etag) };
	const changed = await admin.call(method, path, change, seen);
	expect([changed.statusCode, changed.headers.etag === read.headers.etag], changed.body).toEqual([200, false]);
	const late = await admin.call(method, path, change, seen);
	expect([late.statusCode, late.json().code]).toEqual([409, "version.conflict"]);
});

test("a new secret is a change, too", async () => {
	const role = (await people.authorization.defaultRole("agent")).id;
	const robot = { name: "Robot", authorizedGrantType: "CLIENT-CREDENTIALS", roleIds: [role] };
	const { id } = (await admin.call("POST", "oauth/clients", robot)).json();
	const path = `oauth/clients/${id}/secret`;
	expect((await admin.call("POST", path, undefined, { "if-match": '"1"' })).json().version).toBe(2);
	expect((await admin.call("POST", path, undefined, { "if-match": '"1"' })).json().code).toBe("version.conflict");
});

test("members come and go on the version that was seen, where it is said", async () => {
	const body = { name: "Members", type: "official", visibility: "public", rulesVisible: true };
	const group = (await admin.call("POST", "groups", body)).json();
	const path = `groups/${group.id}/members`;
	const join = { memberIds: [admin.user.id] };
	expect((await admin.call("POST", path, join, { "if-match": '"1"' })).statusCode).toBe(202);
	expect((await admin.call("POST", path, join, { "if-match": '"1"' })).statusCode).toBe(409);
	const leave = `${path}?ids=${admin.user.id}`;
	expect((await admin.call("DELETE", leave, undefined, { "if-match": '"1"' })).statusCode).toBe(409);
	expect((await admin.call("DELETE", leave, undefined, { "if-match": '"2"' })).statusCode).toBe(202);
});
