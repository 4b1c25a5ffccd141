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

test("of two who have read the same division, the second one overwrites nothing and deletes nothing", async () => {
	const path = `authorization/divisions/${await givers.division()}`;
	const read = await admin.call("GET", path);
	const seen = { "if-match": String(read.headers.etag) };
	const first = await admin.call("PUT", path, { name: "First", description: "Of the first" }, seen);
	expect(first.statusCode).toBe(200);
	const late = await admin.call("PUT", path, { name: "Second" }, seen);
	expect([late.statusCode, late.json().code]).toEqual([409, "version.conflict"]);
	expect((await admin.call("DELETE", path, undefined, seen)).statusCode).toBe(409);
	const now = await admin.call("GET", path);
	expect(now.json()).toMatchObject({ name: "First", description: "Of the first" });
	expect(now.headers.etag).toBe(first.headers.etag);
	const removed = await admin.call("DELETE", path, undefined, { "if-match": String(now.headers.etag) });
	expect(removed.statusCode).toBe(204);
});

test("one that holds something is not deleted, and says so by a code of its own", async () => {
	const id = await givers.division();
	await givers.person([], id);
	const refused = await admin.call("DELETE", `authorization/divisions/${id}`);
	expect([refused.statusCode, refused.json().code]).toEqual([400, "division.not.empty"]);
	expect(refused.json().message).toContain("1 USER");
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

test("people are moved into another division, all of them or none, by who may change them there and where they were", async () => {
	const [from, to] = [await givers.division(), await givers.division()];
	const [ann, bob] = [await givers.person([], from), await givers.person([], from)];
	const move = (by: Giver, ids: string[], type = "USER") =>
		by.call("POST", `authorization/divisions/${to}/objects/${type}`, ids);
	const editing = "directory:user:edit";
	const oneSided = await givers.person([[[editing], to]]);
	expect((await move(oneSided, [ann.user.id])).json()).toMatchObject({
		status: 403,
		code: "missing.division.permission",
	});
	const otherSided = await givers.person([[[editing], from]]);
	expect((await move(otherSided, [ann.user.id])).json()).toMatchObject({
		status: 403,
		code: "missing.division.permission",
	});
	expect((await move(admin, [ann.user.id, "nobody"])).statusCode).toBe(404);
	const counts = async () =>
		(await people.authorization.divisions.objectCounts([from, to])).get(to) as Record<string, number>;
	expect((await counts()).USER).toBe(0);
	const both = await givers.person([
		[[editing], from],
		[[editing], to],
	]);
	expect((await move(both, [ann.user.id, bob.user.id, ann.user.id])).statusCode).toBe(204);
	expect((await counts()).USER).toBe(2);
	expect((await admin.call("GET", `users/${ann.user.id}`)).json()).toMatchObject({ division: { id: to }, version: 2 });
});

test("nobody moves whoever is stronger than themselves: in their own division they could set that one's password", async () => {
	const [from, to] = [await givers.division(), await givers.division()];
	const strong = await givers.person([[["oauth:client:add"], "*"]], from);
	const both = await givers.person([
		[["directory:user:edit"], from],
		[["directory:user:edit"], to],
	]);
	const refused = await both.call("POST", `authorization/divisions/${to}/objects/USER`, [strong.user.id]);
	expect(refused.json()).toMatchObject({ status: 403, code: "missing.division.permission" });
	expect((await admin.call("GET", `users/${strong.user.id}`)).json().division.id).toBe(from);
});

test("what is not moved so is refused by name, and so is a division that is not there", async () => {
	const to = await givers.division();
	const refused = await admin.call("POST", `authorization/divisions/${to}/objects/FLOW`, ["one"]);
	expect([refused.statusCode, refused.json().details[0].fieldName]).toEqual([400, "objectType"]);
	expect((await admin.call("POST", "authorization/divisions/nowhere/objects/USER", ["one"])).statusCode).toBe(404);
});
