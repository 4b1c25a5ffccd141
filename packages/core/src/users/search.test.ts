import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trafficOf } from "../test-support/traffic.ts";
import { workplace } from "../test-support/workplace.ts";
import type { SearchCriterion } from "./search-store.ts";

let work: Awaited<ReturnType<typeof workplace>>;
const page = { pageSize: 25, pageNumber: 1 };

beforeAll(async () => {
	work = await workplace();
	const people = [
		{ name: "José Müller", email: "jose@example.com", department: "Vertrieb Süd" },
		{ name: "Jose Miller", email: "miller@example.com", department: "Sales 100%" },
		{ name: "Chloé Lefèvre", email: "chloe@example.com", title: "Chef_de_file" },
		{ name: "Øystein Østby", email: "oystein@example.com", preferredName: "Oy" },
	];
	for (const { preferredName, ...person } of people) {
		const { id } = await work.users.create(person);
		if (preferredName) await work.users.update(id, { preferredName });
	}
});
afterAll(() => work.close());

async function find(...search: SearchCriterion[]): Promise<string[]> {
	return (await work.users.list({ search, state: "active" }, page)).users.map((user) => user.name);
}
const one = (type: string, fields: string[], value: string): SearchCriterion => ({ type, fields, value });

it("a search of thousands of texts held up everybody, or was said to be the database's fault: it is refused by name", async () => {
	const values = Array.from({ length: 200 }, (_each, index) => `text ${index}`);
	const terms = { type: "TERMS", fields: ["name"], values };
	expect(await find(terms)).toEqual([]);
	const refused = { code: "invalid.value", message: expect.stringContaining("200 texts") };
	await expect(find(terms, one("CONTAINS", ["name"], "more"))).rejects.toMatchObject(refused);
	await expect(find({ type: "OR", group: [terms, terms] })).rejects.toMatchObject(refused);
});

describe("a search of users", () => {
	it.each([
		["a part, without its accents", one("CONTAINS", ["name"], "mull"), ["José Müller"]],
		["a part with accents that the name has not", one("CONTAINS", ["name"], "josé"), ["Jose Miller", "José Müller"]],
		["family name first", one("QUERY_STRING", ["name"], "muller jose"), ["José Müller"]],
		["words of one field are not looked for in another", one("QUERY_STRING", ["name"], "jose example"), []],
		["a beginning", one("STARTS_WITH", ["name"], "CHLOE"), ["Chloé Lefèvre"]],
		["a beginning that is a middle", one("STARTS_WITH", ["name"], "lefevre"), []],
		["a word of a department", one("TERM", ["department"], "sud"), ["José Müller"]],
		["a part of a word is no term", one("TERM", ["department"], "vert"), []],
		["a whole value", one("EXACT", ["name"], "jose miller"), ["Jose Miller"]],
		["a whole value is what it is, with its accents", one("EXACT", ["name"], "jose müller"), []],
		["one of several fields", one("CONTAINS", ["name", "email"], "chloe@"), ["Chloé Lefèvre"]],
		["a preferred name", one("EXACT", ["preferredName"], "oy"), ["Øystein Østby"]],
		["letters that are no accents", one("CONTAINS", ["name"], "ØST"), ["Øystein Østby"]],
		["signs that are patterns elsewhere", one("CONTAINS", ["department"], "100%"), ["Jose Miller"]],
		["a sign that stands for nothing else", one("CONTAINS", ["title"], "f_"), ["Chloé Lefèvre"]],
		["a pattern finds nobody", one("CONTAINS", ["name"], "j%e"), []],
		["a backslash finds nobody", one("CONTAINS", ["name"], "\\"), []],
		["a field beside those that are searched together", one("EXACT", ["state"], "active"), undefined],
	])("%s", async (_what, criterion, names) => {
		const found = await find(criterion);
		if (names) expect(found).toEqual(names);
		else expect(found).toHaveLength(4);
	});

	it("whoever typed the beginning of a name found others first: by score what fits best comes first", async () => {
		const made = await Promise.all(
			["Hanna Berg", "Änna Zorn", "Zoe Anna", "Eva-Anna Roth", "Bo Vanna"].map((name, at) =>
				work.users.create({ name, email: `fits${at}@example.com` }),
			),
		);
		const search = [one("CONTAINS", ["name", "email"], "ANNA"), one("EXACT", ["state"], "active")];
		const { users } = await work.users.list({ search, byScore: true }, { ...page, pageSize: 4 });
		expect(users.map(({ name }) => name)).toEqual(["Änna Zorn", "Eva-Anna Roth", "Zoe Anna", "Bo Vanna"]);
		for (const { id } of made) await work.users.remove(id);
	});

	it("joins criteria by AND, OR and NOT", async () => {
		const jose = one("CONTAINS", ["name"], "jose");
		const muller = one("CONTAINS", ["name"], "muller");
		expect(await find(jose, muller)).toEqual(["José Müller"]);
		expect(await find(jose, { ...muller, operator: "NOT" })).toEqual(["Jose Miller"]);
		expect(await find(one("CONTAINS", ["name"], "chloe"), { ...muller, operator: "OR" })).toEqual([
			"Chloé Lefèvre",
			"José Müller",
		]);
	});

	it("follows a user who gets another name", async () => {
		const { id } = await work.users.create({ name: "Zoë Before", email: "zoe@example.com" });
		await work.users.update(id, { name: "Zoë After" });
		expect(await find(one("CONTAINS", ["name"], "before"))).toEqual([]);
		expect(await find(one("CONTAINS", ["name"], "zoe aft"))).toEqual(["Zoë After"]);
		await work.users.remove(id);
	});

	it("asked the database twice, for the page and for how many there are", async () => {
		await work.kernel.feed.stop();
		const search = [one("CONTAINS", ["name"], "jose")];
		const { roundTrips, result } = await trafficOf(() =>
			work.users.list({ search, state: "active" }, { ...page, pageSize: 1 }),
		);
		expect([roundTrips, result.total, result.users.length]).toEqual([1, 2, 1]);
		const beyond = await work.users.list({ search, state: "active" }, { ...page, pageNumber: 5 });
		expect(beyond).toEqual({ users: [], total: 2 });
		await work.kernel.feed.start();
	});
});

describe("a page of users", () => {
	const total = async () => (await work.users.list({ state: "active" }, page)).total;

	it("tells how many there are, at once after one came, went or was set inactive", async () => {
		const before = await total();
		const { id } = await work.users.create({ name: "Counted", email: "counted@example.com" });
		expect(await total()).toBe(before + 1);
		await work.users.update(id, { state: "inactive" });
		expect(await total()).toBe(before);
		await work.users.update(id, { state: "active" });
		await work.users.remove(id);
		expect(await total()).toBe(before);
	});

	it.each(["name", "email", "department", "title"] as const)(
		"by %s: descending is ascending backwards, what is empty last",
		async (sortBy) => {
			const all = async (descending: boolean) =>
				(await work.users.list({ state: "active", sortBy, descending }, page)).users.map((user) => user[sortBy]);
			const [up, down] = [await all(false), await all(true)];
			const filled = (values: Array<string | null>) => values.filter((value) => value !== null);
			expect(filled(down)).toEqual(filled(up).toReversed());
			for (const values of [up, down])
				expect(values.slice(filled(values).length).every((value) => value === null)).toBe(true);
		},
	);

	it("who is of one department, or of none, stood in no order", async () => {
		const ids: string[] = [];
		for (const name of ["Zoe Order", "Ada Order", "Mia Order"])
			ids.push(
				(await work.users.create({ name, email: `${name.split(" ")[0]}@order.example`, department: "Order" })).id,
			);
		for (const descending of [false, true]) {
			const listed = (await work.users.list({ state: "active", sortBy: "department", descending }, page)).users;
			const found = listed.filter(({ department }) => department === "Order").map(({ name }) => name);
			expect(found).toEqual(["Ada Order", "Mia Order", "Zoe Order"]);
			const none = listed.filter(({ department }) => department === null).map(({ name }) => name.toLowerCase());
			expect(none).toEqual(none.toSorted());
		}
		for (const id of ids) await work.users.remove(id);
	});

	it("of a group's members follows who joins, leaves and owns it", async () => {
		const { groups } = work.users;
		const ids = await Promise.all(["Ina", "Jan", "Kim"].map((name) => work.hire(name)));
		const [ina = "", jan = "", kim = ""] = ids;
		const wanted = { name: "Owned", type: "official", visibility: "public", rulesVisible: true };
		const group = await groups.create("server", {
			...wanted,
			includeOwners: true,
			ownerIds: [ina],
			memberIds: [ina, jan],
		});
		const members = async () => {
			const found = await work.users.list({ memberOf: group.id, state: "active" }, page);
			const [listed] = (await groups.list({ ids: [group.id] }, page)).groups;
			const counts = await groups.memberCounts([group.id]);
			return [found.users.map((user) => user.name), found.total, counts.get(group.id), listed?.ownerIds];
		};
		expect(await members()).toEqual([["Ina", "Jan"], 2, 2, [ina]]);
		await groups.addMembers("server", group.id, [kim]);
		await groups.removeMembers("server", group.id, [ina]);
		expect(await members(), "owners are members").toEqual([["Ina", "Jan", "Kim"], 3, 3, [ina]]);
		await work.users.remove(kim);
		expect((await members()).slice(0, 2)).toEqual([["Ina", "Jan"], 2]);
	});
});
