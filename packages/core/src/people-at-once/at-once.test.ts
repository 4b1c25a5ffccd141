import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let admin: Giver;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	admin = await givers.person([[["*:*:*"], "*"]]);
});
afterAll(() => people.close());

const path = "/api/inlay/v1/people";
const states = { type: "EXACT", fields: ["state"], values: ["active", "inactive"] };
const named = (text: string) => [states, { type: "QUERY_STRING", fields: ["name"], value: text }];

/** People whose names begin alike. */
async function crowd(size: number, divisionId?: string) {
	const name = `Crowd${++count}`;
	const made = [];
	for (let at = 0; at < size; at++) {
		const email = `${name}.${at}@crowd.example`;
		made.push(await people.users.create({ name: `${name} ${at}`, email, ...(divisionId ? { divisionId } : {}) }));
	}
	return { name, ids: made.map(({ id }) => id), made };
}

async function answered(one: Giver, at: string, body: object) {
	const answer = await one.call("POST", `${path}/${at}`, body);
	expect(answer.statusCode, answer.body).toBe(200);
	return answer.json();
}

const statesOf = async (ids: readonly string[]) => (await people.users.find([...ids])).map(({ state }) => state);

describe("everybody whom a search finds", () => {
	test("could be put out of work a page at a time only: it is one request, shown before, and nobody else is touched", async () => {
		const { name, ids } = await crowd(30);
		const other = await crowd(1);
		const preview = await answered(admin, "deactivate", { query: named(name), preview: true });
		expect(preview).toMatchObject({ total: 30, done: 0, refused: [], inCall: [], self: false, emptied: false });
		expect(new Set(await statesOf(ids))).toEqual(new Set(["active"]));
		const { seen } = preview;
		expect(await answered(admin, "deactivate", { query: named(name), seen })).toMatchObject({ total: 30, done: 30 });
		expect(new Set(await statesOf([...ids]))).toEqual(new Set(["inactive"]));
		expect(await statesOf(other.ids)).toEqual(["active"]);
		expect(await answered(admin, "activate", { query: named(name) })).toMatchObject({ done: 30 });
		expect(new Set(await statesOf(ids))).toEqual(new Set(["active"]));
	});

	test("is done with nobody where others match by now than were shown", async () => {
		const { name, ids } = await crowd(2);
		const { seen } = await answered(admin, "sign-out", { query: named(name), preview: true });
		await people.users.create({ name: `${name} late`, email: `${name}.late@crowd.example` });
		const answer = await admin.call("POST", `${path}/deactivate`, { query: named(name), seen });
		expect([answer.statusCode, answer.json().code]).toEqual([409, "people.changed"]);
		expect(await statesOf(ids)).toEqual(["active", "active"]);
	});

	test("is refused by name where they are out of one's reach, and done for the others", async () => {
		const [mine, theirs] = [await givers.division(), await givers.division()];
		const [here, there] = [await crowd(3, mine), await crowd(2, theirs)];
		const query = [
			states,
			{ type: "EXACT", fields: ["email"], values: [...here.made, ...there.made].map((one) => one.email) },
		];
		const one = await givers.person([
			[["directory:user:edit"], mine],
			[["directory:user:view"], "*"],
		]);
		const preview = await answered(one, "deactivate", { query, preview: true });
		expect([preview.total, preview.refusedCount]).toEqual([5, 2]);
		const told = await answered(one, "deactivate", { query, seen: preview.seen });
		expect([told.done, told.refused.map((who: { name: string }) => who.name)]).toEqual([
			3,
			there.made.map((who) => who.name),
		]);
		expect(told.refused[0]).toMatchObject({
			code: "missing.division.permission",
			messageParams: { divisionId: theirs },
		});
		expect(await statesOf([...here.ids, ...there.ids])).toEqual(
			expect.arrayContaining(["inactive", "inactive", "inactive", "active", "active"]),
		);
	});

	test("whose role is stronger than one's own keeps it, and of a portion nobody else pays for it", async () => {
		const { name, ids } = await crowd(9);
		const strong = await givers.role("oauth:client:edit");
		const weak = await givers.role("routing:queue:view");
		for (const id of ids) await people.authorization.grant(id, weak, "*");
		await people.authorization.grant(ids[4] ?? "", strong, "*");
		const one = await givers.person([[["directory:user:edit", "directory:user:view", "routing:queue:view"], "*"]]);
		const told = await answered(one, "deactivate", { query: named(name) });
		expect([told.done, told.refused.map((who: { id: string }) => who.id)]).toEqual([8, [ids[4]]]);
	});

	test("joins a group and gets a role at once, and leaves them; a preview says that the group is left empty", async () => {
		const { name, ids } = await crowd(4);
		const kind = { type: "official", visibility: "public", rulesVisible: true };
		const group = await people.users.groups.create("server", { name: `Group of ${name}`, ...kind });
		const role = await givers.role("routing:queue:view");
		const query = named(name);
		expect((await answered(admin, `groups/${group.id}/join`, { query })).done).toBe(4);
		expect((await people.users.groups.memberIds(group.id)).sort()).toEqual([...ids].sort());
		expect((await answered(admin, `roles/${role}/divisions/*/give`, { query })).done).toBe(4);
		expect(await givers.held(ids[3] ?? "")).toEqual(["routing:queue:view@*"]);
		expect((await answered(admin, `groups/${group.id}/leave`, { query, preview: true })).emptied).toBe(true);
		expect((await answered(admin, `groups/${group.id}/leave`, { query })).done).toBe(4);
		expect((await answered(admin, `roles/${role}/take`, { query })).done).toBe(4);
		expect([await people.users.groups.memberIds(group.id), await givers.held(ids[3] ?? "")]).toEqual([[], []]);
	});

	test("was more than the texts of a search: what was done with 201 people could not be undone with them", async () => {
		const { name, ids } = await crowd(3);
		await answered(admin, "deactivate", { query: named(name) });
		const gone = await people.users.create({ name: "Gone", email: "gone@crowd.example" });
		await people.users.update(gone.id, { state: "deleted" }, { by: "server" });
		const unknown = Array.from({ length: 200 }, (_, at) => `no-such-user-${at}`);
		const asked = [...ids, ...ids, gone.id, ...unknown];
		const preview = await answered(admin, "activate", { ids: asked, preview: true });
		expect(preview).toMatchObject({ total: 3, unchanged: 0, refusedCount: 0 });
		expect(await answered(admin, "activate", { ids: asked, seen: preview.seen })).toMatchObject({ done: 3 });
		expect(new Set(await statesOf(ids))).toEqual(new Set(["active"]));
		for (const body of [{}, { ids: [] }, { ids, query: named(name) }])
			expect((await admin.call("POST", `${path}/activate`, body)).statusCode).toBe(400);
	});

	test("names beforehand with whom it would be done, and afterwards exactly with whom it was: so it can be undone", async () => {
		const { name, ids, made } = await crowd(3);
		await people.users.update(ids[1] ?? "", { state: "inactive" }, { by: "server" });
		const preview = await answered(admin, "deactivate", { query: named(name), preview: true });
		const shown = [made[0], made[2]].map((one) => `${one?.name} (${one?.email})`);
		expect([preview.affected, preview.doneIds]).toEqual([shown, []]);
		const { doneIds, affected } = await answered(admin, "deactivate", { query: named(name) });
		expect([doneIds, affected]).toEqual([[ids[0], ids[2]], []]);
		await answered(admin, "activate", { ids: doneIds });
		expect((await people.users.find(ids)).map((one) => [one.id, one.state]).sort()).toEqual(
			ids.map((id, at) => [id, at === 1 ? "inactive" : "active"]).sort(),
		);
	});

	test("a preview promised to put out of work the last who may do everything", async () => {
		const query = [states, { type: "EXACT", fields: ["id"], values: [admin.user.id, ...(await crowd(1)).ids] }];
		const preview = await answered(admin, "deactivate", { query, preview: true });
		expect(preview.refused).toMatchObject([{ id: admin.user.id, code: "last.administrator" }]);
		const done = await answered(admin, "deactivate", { query });
		expect([done.done, done.refused[0]?.code]).toEqual([1, "last.administrator"]);
	});

	test("is refused in a preview as it will be: stronger people, and roles and groups that hold more, were promised", async () => {
		const { name, ids } = await crowd(4);
		const query = named(name);
		const weak = await givers.role("routing:queue:view");
		const strong = await givers.role("oauth:client:edit");
		for (const id of ids) await people.authorization.grant(id, weak, "*");
		await people.authorization.grant(ids[1] ?? "", strong, "*");
		const rights = ["oauth:token:delete", "directory:user:edit", "directory:user:view", "directory:group:edit"];
		const granting = ["authorization:grant:add", "authorization:grant:delete"];
		const one = await givers.person([[[...rights, ...granting, "routing:queue:view"], "*"]]);
		const kind = { type: "official", visibility: "public", rulesVisible: true };
		const group = await people.users.groups.create("server", { name: `Strong ${name}`, ...kind });
		await people.authorization.grant(group.id, strong, "*", "PC_GROUP");
		const refusedOf = async (at: string, body: object) => {
			const answer = await one.call("POST", `${path}/${at}`, body);
			const { refused, code } = answer.json();
			return code ?? refused.map(({ id }: { id: string }) => id);
		};
		const foreseen = async (at: string) => refusedOf(at, { query, preview: true });
		expect(await foreseen("sign-out")).toEqual([ids[1]]);
		expect(await refusedOf("sign-out", { query })).toEqual([ids[1]]);
		expect(await foreseen("deactivate")).toEqual([ids[1]]);
		expect(await foreseen("activate"), "nothing changes for them").toEqual([]);
		expect(await foreseen(`roles/${strong}/take`)).toEqual([ids[1]]);
		const missing = "missing.division.permission";
		for (const at of [`groups/${group.id}/leave`, `roles/${strong}/divisions/*/give`])
			expect([await foreseen(at), await refusedOf(at, { query })]).toEqual([missing, missing]);
		expect((await foreseen(`groups/${group.id}/join`)).sort()).toEqual([...ids].sort());
		expect(await refusedOf(`groups/${group.id}/join`, { query })).toBe(missing);
	});

	test("was taken a right from beginning with oneself, after which the rest was refused: oneself comes last", async () => {
		const { name } = await crowd(3, await givers.division());
		const role = await givers.role("authorization:grant:delete", "directory:user:view");
		const one = await givers.person([[["directory:user:view"], "*"]]);
		await people.users.update(one.user.id, { name: "Aaron" });
		const found = (await people.users.list({ search: named(name) as never }, { pageSize: 9, pageNumber: 1 })).users;
		for (const { id } of [...found, one.user]) await people.authorization.grant(id, role, "*");
		const email = [...found, one.user].map((who) => who.email);
		const query = [states, { type: "EXACT", fields: ["email"], values: email }];
		expect(await answered(one, `roles/${role}/take`, { query })).toMatchObject({ done: 4, refusedCount: 0 });
	});

	test("who never had the role, or was in the group, was counted as done", async () => {
		const { name, ids } = await crowd(3);
		const role = await givers.role("routing:queue:view");
		await people.authorization.grant(ids[0] ?? "", role, "*");
		const query = named(name);
		const counts = { total: 3, refusedCount: 0 };
		const give = `roles/${role}/divisions/*/give`;
		expect(await answered(admin, give, { query, preview: true })).toMatchObject({ ...counts, done: 0, unchanged: 1 });
		expect(await answered(admin, give, { query })).toMatchObject({ ...counts, done: 2, unchanged: 1 });
		await people.authorization.grants.revoke("server", { subjectId: ids[0] ?? "", roleId: role, divisionId: "*" });
		expect(await answered(admin, `roles/${role}/take`, { query })).toMatchObject({ ...counts, done: 2, unchanged: 1 });
		expect(await answered(admin, "activate", { query })).toMatchObject({ ...counts, done: 0, unchanged: 3 });
	});

	test("was told as done by each of two who did it at once: it is one's alone, and so is the undo", async () => {
		const { name, ids } = await crowd(4);
		const role = await givers.role("routing:queue:view");
		const kind = { type: "official", visibility: "public", rulesVisible: true };
		const group = await people.users.groups.create("server", { name: `Twice ${name}`, ...kind });
		const query = named(name);
		const deeds = ["deactivate", "activate", `groups/${group.id}/join`, `roles/${role}/divisions/*/give`];
		for (const at of deeds) {
			const told = await Promise.all([1, 2].map(() => answered(admin, at, { query })));
			if (at === "activate") await answered(admin, "activate", { ids });
			expect(told.flatMap(({ doneIds }) => doneIds).sort(), at).toEqual([...ids].sort());
			expect(told[0].done + told[0].unchanged, at).toBe(4);
		}
	});

	test("is nobody's to change who may not search, and an empty search is not everybody", async () => {
		const { name } = await crowd(1);
		const one = await givers.person([[["directory:user:edit"], "*"]]);
		const blind = await one.call("POST", `${path}/deactivate`, { query: named(name) });
		expect([blind.statusCode, blind.json().code]).toEqual([403, "missing.permissions"]);
		expect((await admin.call("POST", `${path}/deactivate`, { query: [] })).statusCode).toBe(400);
	});

	test("of whom all are refused took a transaction for each of them and their halves: it is one question", async () => {
		const { name, ids } = await crowd(5);
		const strong = await givers.role("oauth:client:edit");
		for (const id of ids) await people.authorization.grant(id, strong, "*");
		const one = await givers.person([[["authorization:grant:delete", "directory:user:view"], "*"]]);
		let opened = 0;
		people.authorization.watchRights(async () => {
			opened++;
			return async () => () => {};
		});
		const answer = await one.call("POST", `${path}/roles/${strong}/take`, { query: named(name) });
		expect([answer.statusCode, opened]).toEqual([403, 0]);
	});
});
