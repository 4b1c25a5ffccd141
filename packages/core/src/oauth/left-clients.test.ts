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
			userId: admin.user.id,
		});
		await admin.call("POST", `oauth/clients/${program.id}/secret`);
		expect(await namesAt("clients/left"), "a new secret, which they do not know").not.toContain(mark);
	},
);

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
