import { afterAll, beforeAll, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let admin: Giver;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	admin = await givers.person([[["*:*:*"], "*"]]);
});

afterAll(() => people.close());

test("a name is taken once, whatever its case and however many ask at once", async () => {
	const names = ["East", "EAST", "east", "eAST"];
	const answers = await Promise.all(names.map((name) => admin.call("POST", "authorization/divisions", { name })));
	expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409, 409, 409]);
	expect(answers.find((answer) => answer.statusCode === 409)?.json().code).toBe("resource.already.exists");
});

test("a role's name likewise", async () => {
	const bodies = ["Keeper", "KEEPER", "keeper"].map((name) => ({ name, permissions: ["routing:queue:view"] }));
	const answers = await Promise.all(bodies.map((body) => admin.call("POST", "authorization/roles", body)));
	expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409, 409]);
});

test.each(["", "   ", "x".repeat(201)])("%j is no name", async (name) => {
	const before = (await people.authorization.divisions.list()).length;
	const answer = await admin.call("POST", "authorization/divisions", { name });
	expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, "name"]);
	expect(await people.authorization.divisions.list()).toHaveLength(before);
});

test("renaming one needs the permission in it, and keeps its id", async () => {
	const id = await givers.division();
	const [there, elsewhere] = [
		await givers.person([[["authorization:division:edit"], id]]),
		await givers.person([[["authorization:division:edit"], await givers.division()]]),
	];
	const path = `authorization/divisions/${id}`;
	const refused = await elsewhere.call("PUT", path, { name: "Mine" });
	expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
	expect((await there.call("PUT", path, { name: "Ours", description: null })).json()).toMatchObject({
		id,
		name: "Ours",
		description: "",
	});
});

test("a division tells how many objects it holds, where that is asked", async () => {
	const id = await givers.division();
	await givers.person([], id);
	const one = await admin.call("GET", `authorization/divisions/${id}?objectCount=true`);
	expect(one.json().objectCounts).toMatchObject({ USER: 1 });
	expect((await admin.call("GET", `authorization/divisions/${id}`)).json()).not.toHaveProperty("objectCounts");
});

test("a grant does not slip into a division that is being deleted", async () => {
	const role = await givers.role("a:b:c");
	for (let round = 0; round < 5; round++) {
		const [id, { user }] = [await givers.division(), await givers.person([])];
		const grant = `authorization/subjects/${user.id}/divisions/${id}/roles/${role}`;
		await Promise.all([admin.call("DELETE", `authorization/divisions/${id}`), admin.call("POST", grant)]);
		expect(await people.authorization.grants.own(user.id)).toEqual([]);
	}
});
