import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let home: string;
let elsewhere: string;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	home = await people.authorization.homeDivisionId();
	elsewhere = await givers.division();
});

afterAll(() => people.close());

/** A role that one person holds in two divisions, one in every division, and one in a division of another administrator. */
async function heldRole() {
	const role = await givers.role("a:b:c");
	const [both, everywhere, other] = await Promise.all([givers.person([]), givers.person([]), givers.person([])]);
	for (const where of [home, elsewhere]) await people.authorization.grant(both.user.id, role, where);
	await people.authorization.grant(everywhere.user.id, role, "*");
	await people.authorization.grant(other.user.id, role, elsewhere);
	return { role, ids: { both: both.user.id, everywhere: everywhere.user.id, other: other.user.id } };
}

const path = (role: string, query = "") => `/api/inlay/v1/roles/${role}/holders${query}`;

describe("who holds a role", () => {
	test("is told with names and divisions, each once", async () => {
		const { role, ids } = await heldRole();
		const admin = await givers.person([[["authorization:grant:view"], "*"]]);
		const answer = (await admin.call("GET", path(role))).json();
		expect(answer.total).toBe(3);
		const places = (id: string) =>
			answer.entities
				.find((one: { id: string }) => one.id === id)
				?.divisions.map((division: { id: string }) => division.id)
				.sort();
		expect(places(ids.both)).toEqual([home, elsewhere].sort());
		expect(places(ids.everywhere)).toEqual(["*"]);
		expect(answer.entities[0]).toMatchObject({ type: "PC_USER", name: expect.any(String) });
	});

	test("is not told to an administrator of another division", async () => {
		const { role, ids } = await heldRole();
		const admin = await givers.person([[["authorization:grant:view"], home]]);
		const { entities, total } = (await admin.call("GET", path(role))).json();
		expect(total).toBe(2);
		const told = entities.find((one: { id: string }) => one.id === ids.both);
		expect(told.divisions.map((division: { id: string }) => division.id)).toEqual([home]);
		expect(entities.map((one: { id: string }) => one.id)).not.toContain(ids.other);
	});

	test("comes a page at a time", async () => {
		const { role } = await heldRole();
		const admin = await givers.person([[["authorization:grant:view"], "*"]]);
		const pages = await Promise.all(
			[1, 2].map((number) => admin.call("GET", path(role, `?pageSize=2&pageNumber=${number}`))),
		);
		const ids = pages.flatMap((page) => page.json().entities.map((one: { id: string }) => one.id));
		expect([ids.length, new Set(ids).size, pages[0]?.json().pageCount]).toEqual([3, 3, 2]);
	});

	test("is told of groups too, and of no role that is not there", async () => {
		const role = await givers.role("a:b:c");
		const admin = await givers.person([[["authorization:grant:view"], "*"]]);
		const wanted = { name: "Holders", type: "official", visibility: "public", rulesVisible: true };
		const group = await people.users.groups.create("server", wanted);
		await people.authorization.grant(group.id, role, "*", "PC_GROUP");
		const { entities } = (await admin.call("GET", path(role))).json();
		expect(entities).toMatchObject([{ id: group.id, name: "Holders", type: "PC_GROUP" }]);
		expect((await admin.call("GET", path("no-such-role"))).statusCode).toBe(404);
	});
});

describe("a division was deleted, and nobody had been told whose roles went with it", () => {
	const of = (division: string, query = "") => `/api/inlay/v1/divisions/${division}/holders${query}`;

	test("so they are told with the roles that they hold in just this one, to who may view its grants", async () => {
		const place = await givers.division();
		const [one, other] = [await givers.role("a:b:c"), await givers.role("a:b:d")];
		const [both, everywhere] = [await givers.person([]), await givers.person([])];
		for (const role of [one, other]) await people.authorization.grant(both.user.id, role, place);
		await people.authorization.grant(everywhere.user.id, one, "*");
		const admin = await givers.person([[["authorization:grant:view"], place]]);
		const { entities, total } = (await admin.call("GET", of(place))).json();
		// The administrator holds theirs there, too.
		expect(total).toBe(2);
		const told = entities.find(({ id }: { id: string }) => id === both.user.id);
		expect(told).toMatchObject({ type: "PC_USER", name: both.user.name });
		expect(told.roles.map(({ id }: { id: string }) => id).sort()).toEqual([one, other].sort());
		expect(entities.map(({ id }: { id: string }) => id)).not.toContain(everywhere.user.id);
		expect((await admin.call("GET", of(home))).statusCode).toBe(403);
		const anywhere = await givers.person([[["authorization:grant:view"], "*"]]);
		expect((await anywhere.call("GET", of("no-such-division"))).statusCode).toBe(404);
	});

	test("and whether there is such a division was told to who may view none of its grants", async () => {
		const [mine, theirs] = [await givers.division(), await givers.division()];
		const admin = await givers.person([[["authorization:grant:view"], mine]]);
		for (const division of [theirs, "no-such-division"])
			expect((await admin.call("GET", of(division))).statusCode, division).toBe(403);
	});
});
