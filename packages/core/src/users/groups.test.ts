import { rightsTopic } from "@inlay/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { Group } from "./group-store.ts";

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

const body = (name = `Group ${++count}`) => ({ name, type: "official", visibility: "public", rulesVisible: true });

async function made(more: object = {}): Promise<{ id: string; version: number }> {
	const answer = await admin.call("POST", "groups", { ...body(), ...more });
	expect(answer.statusCode, answer.body).toBe(200);
	return answer.json();
}

describe("members", () => {
	let ann: Giver;
	let bob: Giver;
	beforeEach(async () => {
		[ann, bob] = [await givers.person([]), await givers.person([])];
	});

	test("are those who were let in, and owners where the group says so, each once", async () => {
		const group = await made({ ownerIds: [ann.user.id] });
		const { groups } = people.users;
		await groups.addMembers("server", group.id, [bob.user.id]);
		expect(await groups.memberIds(group.id)).toEqual([bob.user.id]);
		await groups.update("server", group.id, { includeOwners: true }, 2);
		expect((await groups.memberIds(group.id)).sort()).toEqual([ann.user.id, bob.user.id].sort());
		await groups.addMembers("server", group.id, [ann.user.id]);
		expect(await groups.memberIds(group.id)).toHaveLength(2);
		expect((await groups.memberCounts([group.id])).get(group.id)).toBe(2);
		expect(await people.users.groupsOf(ann.user.id)).toEqual([group.id]);
	});

	test("who are there already, or not there, change nothing: no version, no event", async () => {
		const group = await made({ memberIds: [ann.user.id] });
		const before = await people.kernel.newest();
		const { groups } = people.users;
		await groups.addMembers("server", group.id, [ann.user.id, ann.user.id]);
		await groups.removeMembers("server", group.id, [bob.user.id]);
		expect((await groups.get(group.id)).version).toBe(1);
		expect(await people.kernel.newest()).toBe(before);
	});

	test("are told to those who follow the log: who came and who went", async () => {
		const group = await made();
		const before = await people.kernel.newest();
		await people.users.groups.addMembers("server", group.id, [ann.user.id, bob.user.id]);
		await people.users.groups.removeMembers("server", group.id, [bob.user.id]);
		const events = await people.kernel.told(before);
		expect(events.map(({ type, data }) => [type, data])).toEqual([
			["group.members.changed", { added: [ann.user.id, bob.user.id], removed: [] }],
			["group.members.changed", { added: [], removed: [bob.user.id] }],
		]);
	});

	test("unknown and deleted users let nobody in", async () => {
		const group = await made();
		await people.users.remove(bob.user.id);
		for (const memberIds of [
			[ann.user.id, "nobody"],
			[ann.user.id, bob.user.id],
		]) {
			const answer = await admin.call("POST", `groups/${group.id}/members`, { memberIds });
			expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, "memberIds"]);
		}
		expect(await people.users.groups.memberIds(group.id)).toEqual([]);
	});

	test("leave with their user, as owners too", async () => {
		const group = await made({ memberIds: [ann.user.id], ownerIds: [ann.user.id] });
		await people.users.remove(ann.user.id);
		expect(await people.users.groups.memberIds(group.id)).toEqual([]);
		expect((await people.users.groups.get(group.id)).ownerIds).toEqual([]);
	});

	test("of a group of hundreds could not be searched", async () => {
		const group = await made({ memberIds: [ann.user.id, bob.user.id] });
		const found = async (query: string) => {
			const answer = await bob.call("GET", `/api/inlay/v1/groups/${group.id}/members?${query}`);
			const { total, entities } = answer.json();
			return [total, entities.map((user: { id: string }) => user.id)];
		};
		expect(await found(`text=${encodeURIComponent(ann.user.email.toUpperCase())}`)).toEqual([1, [ann.user.id]]);
		expect(await found("text=nobody-like-this")).toEqual([0, []]);
		const outside = await givers.person([]);
		expect(await found(`text=${encodeURIComponent(outside.user.email)}`)).toEqual([0, []]);
		expect((await found("pageSize=1"))[0]).toBe(2);
	});

	test("are let in and out by an owner without any permission", async () => {
		const group = await made({ ownerIds: [ann.user.id] });
		const path = `groups/${group.id}/members`;
		expect((await bob.call("POST", path, { memberIds: [bob.user.id] })).statusCode).toBe(403);
		expect((await ann.call("POST", path, { memberIds: [bob.user.id] })).statusCode).toBe(202);
		expect((await bob.call("DELETE", `${path}?ids=${bob.user.id}`)).statusCode).toBe(403);
		expect((await ann.call("DELETE", `${path}?ids=${bob.user.id}`)).statusCode).toBe(202);
	});
});

test("what a group was granted or lost was told to the group, which has no panel, and its members heard after half a minute", async () => {
	const [ann, bob] = [await givers.person([]), await givers.person([])];
	const { groups } = people.users;
	const group = await made();
	await groups.addMembers("server", group.id, [ann.user.id, bob.user.id]);
	const { grants } = people.authorization;
	const role = { roleId: await givers.role("routing:queue:view"), divisionId: "*" };
	await grants.grant("server", { subjectId: group.id, subjectType: "PC_GROUP" }, role);
	await grants.revoke("server", { subjectId: group.id, ...role });
	const told = (await people.kernel.told()).filter(
		({ type, entityId }) => type.startsWith("grant.") && entityId === group.id,
	);
	expect(told.map(({ type, announcements }) => [type, announcements?.flatMap(({ topics }) => topics).sort()])).toEqual(
		["grant.added", "grant.removed"].map((type) => [type, [ann, bob].map(({ user }) => rightsTopic(user.id)).sort()]),
	);
});

test("an owner took people of another division into their group", async () => {
	const elsewhere = await givers.division();
	const stranger = await givers.person([], elsewhere);
	const owner = await givers.person([]);
	const path = `groups/${(await made({ ownerIds: [owner.user.id] })).id}/members`;
	const refused = await owner.call("POST", path, { memberIds: [owner.user.id, stranger.user.id] });
	expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.division.permission"]);
	const adds = await givers.person([[["directory:group:add"], "*"]]);
	const kind = { type: "official", visibility: "public", rulesVisible: true };
	const atOnce = await adds.call("POST", "groups", { name: "At once", ...kind, memberIds: [stranger.user.id] });
	expect([atOnce.statusCode, atOnce.json().code], "with a new group").toEqual([403, "missing.division.permission"]);
	const sees = await givers.person([[["directory:user:view"], elsewhere]]);
	const open = `groups/${(await made({ ownerIds: [sees.user.id] })).id}/members`;
	expect((await sees.call("POST", open, { memberIds: [owner.user.id, stranger.user.id] })).statusCode).toBe(202);
});

describe("groups", () => {
	test("take a name once, whatever its case and however many ask at once", async () => {
		const names = ["Night shift", "NIGHT SHIFT", "night shift"];
		const answers = await Promise.all(names.map((name) => admin.call("POST", "groups", body(name))));
		expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409, 409]);
	});

	test("sent back whole keep what cannot be changed", async () => {
		const group = await made();
		const read = (await admin.call("GET", `groups/${group.id}`)).json();
		const sent = { ...read, id: "another", memberCount: 99, dateModified: "never", type: "social", description: "New" };
		const answer = await admin.call("PUT", `groups/${group.id}`, sent);
		expect(answer.json()).toMatchObject({ id: group.id, memberCount: 0, type: "official", description: "New" });
	});

	test.each([
		[{ name: " " }, "name"],
		[{ name: "x".repeat(201) }, "name"],
		[{ ownerIds: ["nobody"] }, "ownerIds"],
		[{ memberIds: ["nobody"] }, "memberIds"],
		[{ images: [{ resolution: "x48", imageUri: "javascript:alert(1)" }] }, "images[0].imageUri"],
	])("%j is refused, and nothing stored", async (wrong, fieldName) => {
		const before = await total();
		const answer = await admin.call("POST", "groups", { ...body(), ...wrong });
		expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, fieldName]);
		expect(await total()).toBe(before);
	});

	test("are found by what they are called and described, in pages", async () => {
		await made({ name: "Zebra one", description: "striped" });
		await made({ name: "Zebra two", description: "Striped too" });
		const query = [{ type: "CONTAINS", fields: ["description"], value: "STRIPED" }];
		const found = (await admin.call("POST", "groups/search", { query, pageSize: 1, sortOrder: "DESC" })).json();
		expect([found.total, found.results.map((group: Group) => group.name)]).toEqual([2, ["Zebra two"]]);
		const not = [
			{ type: "STARTS_WITH", fields: ["name"], value: "zebra" },
			{ ...query[0], value: "too", operator: "NOT" },
		];
		await made({ name: "A zebra" });
		const scored = { query: not.slice(0, 1).map((one) => ({ ...one, type: "CONTAINS" })), sortOrder: "SCORE" };
		const best = (await admin.call("POST", "groups/search", scored)).json();
		expect(best.results.map((group: Group) => group.name)).toEqual(["Zebra one", "Zebra two", "A zebra"]);
		const rest = (await admin.call("POST", "groups/search", { query: not })).json();
		expect(rest.results.map((group: Group) => group.name)).toEqual(["Zebra one"]);
	});

	async function total(): Promise<number> {
		return (await people.users.groups.list({}, { pageSize: 1, pageNumber: 1 })).total;
	}
});
