import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

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

/** Somebody who has made a program with their own rights. */
async function withProgram(name: string) {
	const maker = await givers.person([[["oauth:client:add", "oauth:client:edit", "routing:queue:view"], home]]);
	const roleId = await givers.role("routing:queue:view");
	const body = { name, authorizedGrantType: "CLIENT-CREDENTIALS", roleDivisions: [{ roleId, divisionId: home }] };
	return { maker, program: (await maker.call("POST", "oauth/clients", body)).json() };
}

async function namesAt(path: string, by = admin): Promise<string[]> {
	const { entities } = (await by.call("GET", `/api/inlay/v1/${path}`)).json();
	return entities.map((one: { name: string; secretKnownTo: { id: string } }) => `${one.name}<${one.secretKnownTo.id}`);
}

test.each([
	["deactivated", (id: string) => admin.call("PATCH", `users/${id}`, { state: "inactive", version: 1 })],
	["deleted", (id: string) => admin.call("DELETE", `users/${id}`)],
])(
	"a program went on with its roles after the person who knows its secret was %s, and nobody was told",
	async (how, end) => {
		const told: unknown[] = [];
		people.kernel.operators.listen((line) => told.push(line));
		const { maker, program } = await withProgram(`Made by one who was ${how}`);
		const mark = `${program.name}<${maker.user.id}`;
		expect(await namesAt(`users/${maker.user.id}/clients`), "before").toEqual([mark]);
		expect(await namesAt("clients/left")).not.toContain(mark);
		expect((await end(maker.user.id)).statusCode).toBe(200);
		expect(await namesAt("clients/left")).toContain(mark);
		expect(told).toContainEqual({
			event: "client.left",
			clientId: program.id,
			name: program.name,
			knownTo: maker.user.id,
			because: "ended",
			userId: admin.user.id,
		});
		await admin.call("POST", `oauth/clients/${program.id}/secret`);
		expect(await namesAt("clients/left"), "a new secret, which they do not know").not.toContain(mark);
	},
);

/** The ways in which somebody loses a right and keeps the account. */
const losses: Array<[how: string, lose: (maker: Giver, program: { id: string }) => Promise<unknown>]> = [
	[
		"whose role was taken",
		async ({ user }) => {
			const roles = await people.authorization.grants.own(user.id);
			for (const { roleId } of roles)
				await admin.call("DELETE", `authorization/subjects/${user.id}/divisions/${home}/roles/${roleId}`);
		},
	],
	["whose roles were set anew", ({ user }) => admin.call("PUT", `users/${user.id}/roles`, [])],
	[
		"whose role was edited",
		async ({ user }) => {
			const [own] = await people.authorization.grants.own(user.id);
			const role = await people.authorization.roles.get(own?.roleId ?? "");
			await admin.call("PUT", `authorization/roles/${role.id}`, { name: role.name, permissions: ["oauth:client:add"] });
		},
	],
	[
		"whose role was deleted",
		async ({ user }) => {
			const [own] = await people.authorization.grants.own(user.id);
			await admin.call("DELETE", `authorization/roles/${own?.roleId}`);
		},
	],
	[
		"whose program was given more than they have",
		async (_maker, program) => {
			const roleDivisions = [{ roleId: await givers.role("routing:queue:delete"), divisionId: home }];
			const body = (await admin.call("GET", `oauth/clients/${program.id}`)).json();
			await admin.call("PUT", `oauth/clients/${program.id}`, { ...body, roleDivisions });
		},
	],
];

test.each(losses)("a person %s still held it through a program, and nobody was told", async (_how, lose) => {
	const told: unknown[] = [];
	people.kernel.operators.listen((line) => told.push(line));
	const { maker, program } = await withProgram(`Stronger ${randomUUID()}`);
	const mark = `${program.name}<${maker.user.id}`;
	expect(await namesAt("clients/left")).not.toContain(mark);
	await lose(maker, program);
	expect(await namesAt("clients/left")).toContain(mark);
	const { entities } = (await admin.call("GET", `/api/inlay/v1/users/${maker.user.id}/clients`)).json();
	expect(entities).toMatchObject([{ id: program.id, holdsMore: true, secretKnownTo: { state: "active" } }]);
	const line = { clientId: program.id, name: program.name, knownTo: maker.user.id, because: "rights" };
	expect(told).toContainEqual({ event: "client.left", ...line, userId: admin.user.id });
	const [newest] = (await people.kernel.told()).filter((event) => event.type === "oauth.client.left").slice(-1);
	expect(newest).toMatchObject({ entityId: program.id, data: { knownTo: maker.user.id, because: "rights" } });
	await admin.call("POST", `oauth/clients/${program.id}/secret`);
	expect(await namesAt("clients/left"), "a new secret, which they do not know").not.toContain(mark);
});

test("a person taken from a group still held its rights through a program, and nobody was told", async () => {
	const maker = await givers.person([[["oauth:client:add"], home]]);
	const group = (
		await admin.call("POST", "groups", { name: "Makers", type: "official", visibility: "public", rulesVisible: true })
	).json();
	const roleId = await givers.role("routing:queue:view");
	await people.authorization.grant(group.id, roleId, home, "PC_GROUP");
	await admin.call("POST", `groups/${group.id}/members`, { memberIds: [maker.user.id], version: group.version });
	const body = { name: "By a group", authorizedGrantType: "CLIENT-CREDENTIALS" };
	const made = await maker.call("POST", "oauth/clients", { ...body, roleDivisions: [{ roleId, divisionId: home }] });
	expect(made.statusCode, made.body).toBe(200);
	const mark = `By a group<${maker.user.id}`;
	expect(await namesAt("clients/left")).not.toContain(mark);
	await admin.call("DELETE", `groups/${group.id}/members?ids=${maker.user.id}`);
	expect(await namesAt("clients/left")).toContain(mark);
});

test("a program that holds no more than its person is told of to nobody, whatever else they lose", async () => {
	const told: unknown[] = [];
	people.kernel.operators.listen((line) => told.push(line));
	const { maker, program } = await withProgram("Still within");
	const roleId = await givers.role("routing:queue:edit");
	const grant = `authorization/subjects/${maker.user.id}/divisions/${home}/roles/${roleId}`;
	await admin.call("POST", grant);
	await admin.call("DELETE", grant);
	const { entities } = (await admin.call("GET", `/api/inlay/v1/users/${maker.user.id}/clients`)).json();
	expect(entities).toMatchObject([{ id: program.id, holdsMore: false }]);
	expect(told).toEqual([]);
});

test("whoever renewed a secret last knows it, not who made the client", async () => {
	const { maker, program } = await withProgram("Handed on");
	const other = await givers.person([[["*:*:*"], "*"]]);
	await other.call("POST", `oauth/clients/${program.id}/secret`);
	expect(await namesAt(`users/${maker.user.id}/clients`)).toEqual([]);
	expect(await namesAt(`users/${other.user.id}/clients`)).toEqual([`Handed on<${other.user.id}`]);
});

test("a program that was disabled, or signs people in, is left behind by nobody", async () => {
	const { maker, program } = await withProgram("Disabled");
	await admin.call("PUT", `oauth/clients/${program.id}`, { name: program.name, state: "disabled" });
	const signsIn = await givers.person([[["*:*:*"], "*"]]);
	await signsIn.call("POST", "oauth/clients", {
		name: "Signs in",
		authorizedGrantType: "CODE",
		registeredRedirectUri: ["https://crm.example/"],
	});
	expect(await namesAt(`users/${maker.user.id}/clients`)).toEqual([]);
	expect(await namesAt(`users/${signsIn.user.id}/clients`)).toEqual([]);
});

test("who may see clients in another division is not told of a person there", async () => {
	const { maker } = await withProgram("Of the home division");
	const elsewhere = await givers.person([[["oauth:client:view"], await givers.division()]]);
	expect((await elsewhere.call("GET", `/api/inlay/v1/users/${maker.user.id}/clients`)).statusCode).toBe(403);
	await admin.call("DELETE", `users/${maker.user.id}`);
	expect(await namesAt("clients/left", elsewhere)).toEqual([]);
});
