import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGivers, type Givers } from "../test-support/givers.ts";
import { siblingPeople, type TestPeople, testPeople } from "../test-support/test-people.ts";
import { EffectiveGrants, joinGrants, toldIn } from "./effective-grants.ts";
import type { Grant, Role } from "./model.ts";
import { policiesOf } from "./policies.ts";
import { postgresAuthorizationStore } from "./store.ts";

const grant = (roleId: string, divisionId: string): Grant => ({
	subjectId: "s",
	subjectType: "PC_USER",
	roleId,
	divisionId,
	grantedAt: new Date(0),
});
const role = (id: string, ...permissions: string[]): [string, Role] => [
	id,
	{ id, name: id, description: "", defaultRoleId: null, base: false, policies: policiesOf(permissions), version: 1 },
];
const roles = new Map([role("viewer", "a:b:view"), role("editor", "a:b:view", "a:b:edit")]);

describe("grants of one subject", () => {
	test("unite their divisions, permission by permission", () => {
		expect(joinGrants([grant("viewer", "north"), grant("editor", "south")], roles)).toEqual([
			{ permission: "a:b:view", divisions: new Set(["north", "south"]) },
			{ permission: "a:b:edit", divisions: new Set(["south"]) },
		]);
	});

	test("in every division are everywhere, beside whatever else", () => {
		const joined = joinGrants([grant("viewer", "north"), grant("viewer", "*")], roles);
		expect(joined).toEqual([{ permission: "a:b:view", divisions: "all" }]);
	});

	test("of a role that is gone allow nothing", () => {
		expect(joinGrants([grant("gone", "*")], roles)).toEqual([]);
	});

	test("are told where one may view grants; those in every division hold there too", () => {
		const all = [grant("viewer", "north"), grant("editor", "south"), grant("viewer", "*")];
		expect(toldIn(all, "all")).toEqual(all);
		expect(toldIn(all, new Set(["north"]))).toEqual([all[0], all[2]]);
		expect(toldIn(all, new Set())).toEqual([]);
	});
});

describe("in memory", () => {
	let people: TestPeople;
	let givers: Givers;

	beforeAll(async () => {
		people = await testPeople();
		givers = await createGivers(people);
	});
	afterAll(() => people.close());

	test("what was read while something changed is not kept", async () => {
		const { user } = await givers.person([]);
		const effective = new EffectiveGrants(people.kernel.database.db, postgresAuthorizationStore);
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		effective.groupsOfAll = async () => {
			await held;
			return new Map();
		};
		const early = effective.of(user.id);
		effective.forget();
		effective.groupsOfAll = async () => new Map();
		await people.authorization.grant(user.id, await givers.role("a:b:c"), "*");
		release();
		await early;
		expect(await effective.of(user.id)).toEqual([{ permission: "a:b:c", divisions: "all" }]);
	});

	test("where all of several people may do something is where each of them may", async () => {
		const [northId, southId] = [await givers.division(), await givers.division()];
		const read = (...divisions: string[]): Array<[string[], string]> => divisions.map((one) => [["a:b:view"], one]);
		const [north, both, everywhere] = [
			await givers.person(read(northId)),
			await givers.person([...read(southId, northId), [["c:d:*"], "*"]]),
			await givers.person([[["a:*:*"], "*"]]),
		];
		const where = (...asked: (typeof north)[]) => {
			const ids = asked.map((one) => one.user.id);
			return people.kernel.database.change((trx) =>
				people.authorization.holdings.divisionsOfAll(trx, ids, ["a:b:view", "old:b:view"]),
			);
		};
		expect(await where(everywhere)).toBe("all");
		expect(await where(both, everywhere)).toEqual(new Set([southId, northId]));
		expect(await where(both, everywhere, north)).toEqual(new Set([northId]));
		expect(await where(north, await givers.person([]))).toEqual(new Set());
		expect(await where()).toEqual(new Set());
	});

	test("a failed reading is tried again", async () => {
		const { user } = await givers.person([[["a:b:c"], "*"]]);
		const effective = new EffectiveGrants(people.kernel.database.db, postgresAuthorizationStore);
		effective.groupsOfAll = () => Promise.reject(new Error("down"));
		await expect(effective.of(user.id)).rejects.toThrow("down");
		effective.groupsOfAll = async () => new Map();
		expect(await effective.of(user.id)).toHaveLength(1);
	});

	test("another server learns of it from the log: of grants, roles and groups", async () => {
		const sibling = await siblingPeople(people);
		const one = await givers.person([]);
		const roleId = await givers.role("a:b:c");
		const group = await people.users.groups.create("server", {
			name: "Far",
			type: "official",
			visibility: "public",
			rulesVisible: true,
		});
		const there = () => sibling.authorization.grantsOf(one.user.id);
		expect(await there()).toEqual([]);
		await people.authorization.grant(group.id, roleId, "*", "PC_GROUP");
		await people.users.groups.addMembers("server", group.id, [one.user.id]);
		await expect.poll(there).toHaveLength(1);
		const { name } = await people.authorization.roles.get(roleId);
		await people.authorization.roles.update("server", roleId, { name, permissions: [] });
		await expect.poll(there).toEqual([]);
		await people.authorization.roles.update("server", roleId, { name, permissions: ["d:e:f"] });
		await expect.poll(there).toHaveLength(1);
		await people.users.groups.remove("server", group.id);
		await expect.poll(there).toEqual([]);
		await sibling.close();
	});
});
