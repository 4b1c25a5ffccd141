import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
			[4, "division", "invalid.value"],
			[5, "roles", "invalid.value"],
			[6, "groups", "invalid.value"],
			[7, "email", "resource.already.exists"],
			[9, "email", "resource.already.exists"],
		]);
		expect(await total()).toBe(before);
	});

	test("was half done when its last row was bad", async () => {
		const before = await total();
		const rows = [row(), row(), row({ roles: ["Pirate"] })];
		const answer = await admin.call("POST", path, { rows });
		expect([answer.statusCode, answer.json().code]).toEqual([400, "import.refused"]);
		expect(answer.json().message).toContain("Row 3: There is no role Pirate.");
		expect(answer.json().details).toEqual([{ errorCode: "invalid.value", fieldName: "rows.2.roles" }]);
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
});
