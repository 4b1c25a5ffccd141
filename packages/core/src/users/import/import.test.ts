import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { traffic } from "../../kernel/sql/traffic.ts";
import { createGivers, type Giver, type Givers } from "../../test-support/givers.ts";
import { type TestPeople, testPeople } from "../../test-support/test-people.ts";
import type { RowFault } from "./candidates.ts";

let people: TestPeople;
let givers: Givers;
let admin: Giver;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	admin = await givers.person([[["*:*:*"], "*"]]);
	await people.authorization.divisions.create({ name: "Zürich", description: "" });
	const kind = { type: "official", visibility: "public", rulesVisible: true };
	await people.users.groups.create("server", { name: "Phones", ...kind });
});
afterAll(() => people.close());

const path = "/api/inlay/v1/users/import";
const row = (more: object = {}) => ({ name: `Row ${++count}`, email: `row${count}@import.example`, ...more });

async function preview(rows: object[], one = admin): Promise<Array<[number, string, string]>> {
	const answer = await one.call("POST", path, { rows, preview: true });
	expect(answer.statusCode, answer.body).toBe(200);
	return answer.json().faults.map((fault: RowFault) => [fault.row, fault.fieldName, fault.code]);
}

const total = async () => (await people.users.list({}, { pageSize: 1, pageNumber: 1 })).total;

describe("an import of people", () => {
	test("makes them with division, roles and groups, and nobody can sign in yet", async () => {
		const rows = [
			row({
				department: "Support",
				title: "Agent",
				division: "zürich",
				roles: ["Agent", "employee"],
				groups: ["phones"],
			}),
			row(),
		];
		const answer = await admin.call("POST", path, { rows });
		expect(answer.statusCode, answer.body).toBe(200);
		const [first, second] = answer.json().entities;
		expect(first).toMatchObject({ name: rows[0]?.name, department: "Support", title: "Agent", state: "active" });
		const own = await people.authorization.grants.own(first.id);
		expect(own.map((grant) => grant.divisionId)).toEqual([first.division.id, first.division.id]);
		const group = await people.users.groups.named("Phones");
		expect(await people.users.groups.memberIds(group?.id ?? "")).toEqual([first.id]);
		expect(await people.authorization.grants.own(second.id)).toEqual([]);
		expect((await people.users.groups.get(group?.id ?? "")).version).toBe(2);
		const told = (await people.kernel.told()).filter(({ entityId }) => entityId === first.id).map(({ type }) => type);
		expect(told).toEqual(["user.created", "grant.added", "grant.added"]);
	});

	test("asked the database nine times for each row, until a busy one gave it up: rows that are alike are written together", async () => {
		const rows = Array.from({ length: 200 }, () => row({ roles: ["Agent"], groups: ["Phones"] }));
		const before = traffic.roundTrips;
		const answer = await admin.call("POST", path, { rows });
		expect(answer.statusCode, answer.body).toBe(200);
		expect(traffic.roundTrips - before).toBeLessThan(rows.length);
		expect(await people.authorization.grants.own(answer.json().entities.at(-1).id)).toHaveLength(1);
	});

	test("is previewed with each row's fault and field, and nothing is made", async () => {
		const standing = row();
		await admin.call("POST", path, { rows: [standing] });
		const before = await total();
		const twice = row();
		const faults = await preview([
			row(),
			row({ name: " " }),
			row({ email: "nowhere" }),
			row({ division: "Atlantis" }),
			row({ roles: ["Agent", "Pirate"] }),
			row({ groups: ["Nobody's"] }),
			{ ...row(), email: standing.email.toUpperCase() },
			twice,
			{ ...row(), email: twice.email },
		]);
		expect(faults).toEqual([
			[2, "name", "invalid.value"],
			[3, "email", "invalid.value"],
			[4, "division", "import.unknown.division"],
			[5, "roles", "import.unknown.role"],
			[6, "groups", "import.unknown.group"],
			[7, "email", "resource.already.exists"],
			[9, "email", "import.twin"],
		]);
		expect(await total()).toBe(before);
	});

	test("was half done when its last row was bad", async () => {
		const before = await total();
		const rows = [row(), row(), row({ roles: ["Pirate"] })];
		const answer = await admin.call("POST", path, { rows });
		expect([answer.statusCode, answer.json().code]).toEqual([400, "import.refused"]);
		expect(answer.json().message).toContain("Row 3: There is no role Pirate.");
		expect(answer.json().details).toEqual([{ errorCode: "import.unknown.role", fieldName: "rows.2.roles" }]);
		expect(await total()).toBe(before);
	});

	test("is told beforehand what one may not give, row by row", async () => {
		const home = await people.authorization.homeDivisionId();
		const clerk = await givers.person([[["directory:user:add"], home]]);
		const code = "missing.division.permission";
		expect(await preview([row(), row({ division: "Zürich" }), row({ roles: ["Agent"] })], clerk)).toEqual([
			[2, "division", code],
			[3, "roles", code],
		]);
	});

	test("was told in sentences alone, which are English", async () => {
		const rows = [row({ division: "Atlantis", groups: ["Nobody's"] }), row({ email: "twin@import.example" })];
		const answer = await admin.call("POST", path, { rows: [...rows, { ...rows[1] }], preview: true });
		expect(answer.json().faults.map((fault: RowFault) => [fault.code, fault.params])).toEqual([
			["import.unknown.division", { name: "Atlantis" }],
			["import.unknown.group", { name: "Nobody's" }],
			["import.twin", { row: "2" }],
		]);
	});

	test("took an address that people take for somebody's", async () => {
		await admin.call("POST", path, { rows: [row({ email: "copa@import.example" })] });
		const cyrillic = "\u0441\u043e\u0440\u0430@import.example";
		const twin = await preview([row(), row({ email: cyrillic }), row({ email: "\u0442\u0430@import.example" })]);
		expect(twin).toEqual([[2, "email", "resource.already.exists"]]);
	});

	test("asked the database for each of fifty thousand groups by itself", async () => {
		const named = (count: number) =>
			Array.from({ length: count / 50 }, (_, at) =>
				row({ groups: Array.from({ length: 50 }, (_one, group) => `Group ${at} ${group}`) }),
			);
		expect(await preview(named(500))).toHaveLength(500);
		const refused = await admin.call("POST", path, { rows: named(1_050), preview: true });
		expect([refused.statusCode, refused.json().details]).toEqual([
			400,
			[{ errorCode: "invalid.value", fieldName: "rows" }],
		]);
	});

	test("of hundreds of rows is one request", async () => {
		const rows = Array.from({ length: 200 }, () => row({ roles: ["Agent"], groups: ["Phones"] }));
		const before = await total();
		const answer = await admin.call("POST", path, { rows });
		expect(answer.statusCode, answer.body.slice(0, 500)).toBe(200);
		expect(await total()).toBe(before + 200);
	}, 120_000);
});

describe("many at once", () => {
	test("get a role, and lose it, in one request; one who is unknown keeps all from it", async () => {
		const answer = await admin.call("POST", path, { rows: [row(), row()] });
		const ids: string[] = answer.json().entities.map((user: { id: string }) => user.id);
		const role = await givers.role("routing:queue:view");
		const give = (subjectIds: string[]) =>
			admin.call("POST", `authorization/roles/${role}`, { subjectIds, divisionIds: ["*"] });
		const unknown = await give([...ids, "nobody"]);
		expect(unknown.statusCode).toBe(404);
		expect(await people.authorization.grants.own(ids[0] ?? "")).toEqual([]);
		expect((await give(ids)).statusCode).toBe(204);
		expect((await give(ids)).statusCode).toBe(204);
		for (const id of ids) expect(await givers.held(id)).toEqual(["routing:queue:view@*"]);
		const taken = await admin.call("PUT", `authorization/roles/${role}/users/remove`, [...ids, admin.user.id]);
		expect([taken.statusCode, taken.json().sort()]).toEqual([200, [...ids].sort()]);
		expect(await givers.held(ids[0] ?? "")).toEqual([]);
	});

	test("a role was taken from a group that was named among people", async () => {
		const group = await people.users.groups.named("Phones");
		const role = await givers.role("routing:queue:view");
		const receiver = { subjectId: group?.id ?? "", subjectType: "PC_GROUP" as const };
		await people.authorization.grants.grantAll("server", [receiver], [{ roleId: role, divisionId: "*" }]);
		const taken = await admin.call("PUT", `authorization/roles/${role}/users/remove`, [receiver.subjectId]);
		expect([taken.statusCode, taken.json()]).toEqual([200, []]);
		expect(await people.authorization.grants.own(receiver.subjectId)).toHaveLength(1);
	});

	test("a thousand got a role in each of eleven divisions in one change", async () => {
		const subjectIds = Array.from({ length: 1_000 }, (_, at) => `nobody ${at}`);
		const divisionIds = Array.from({ length: 11 }, (_, at) => `nowhere ${at}`);
		const answer = await admin.call("POST", "authorization/roles/any", { subjectIds, divisionIds });
		expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, "subjectIds"]);
	});
});
