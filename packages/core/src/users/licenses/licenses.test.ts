import { rightsTopic } from "@inlay/contract";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createGivers, type Giver, type Givers } from "../../test-support/givers.ts";
import { type TestPeople, testPeople } from "../../test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let admin: Giver;
let agent: Giver;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	admin = await givers.person([[["*:*:*"], "*"]]);
});

beforeEach(async () => {
	agent = await givers.person([]);
});

afterAll(() => people.close());

interface Wish {
	licenseId: string;
	userIdsAdd?: string[];
	userIdsRemove?: string[];
}

const assign = (assignments: Wish[], by = admin) => by.call("POST", "license/organization", { assignments });
const held = async (by = admin): Promise<string[]> =>
	(await by.call("GET", `license/users/${agent.user.id}`)).json().licenses.map(({ id }: { id: string }) => id);
const told = async () =>
	(await people.kernel.events.readAfter("0.0", 100_000)).filter(
		({ type, entityId }) => type === "user.license.changed" && entityId === agent.user.id,
	);

test("who was never given one has the usual one, so that an agent may open the panel", async () => {
	expect(await held()).toEqual(["communicate"]);
	expect(await held(agent), "one's own is read without any permission").toEqual(["communicate"]);
});

test.each([
	[
		"one more is told from the least on, in whatever order they came",
		["engage2", "collaborate"],
		[],
		["collaborate", "communicate", "engage2"],
	],
	["the last one goes too, and nothing takes its place", [], ["communicate"], []],
	["one that is given and taken in one request stays", ["engage1"], ["engage1"], ["communicate", "engage1"]],
	["one that is had already, and one that is not, change nothing", ["communicate"], ["engage3"], ["communicate"]],
])("%s", async (_what, add, remove, now) => {
	const id = agent.user.id;
	const wishes = [...new Set([...add, ...remove])].map((licenseId) => ({
		licenseId,
		userIdsAdd: add.includes(licenseId) ? [id] : [],
		userIdsRemove: remove.includes(licenseId) ? [id] : [],
	}));
	const answer = await assign(wishes);
	expect([answer.statusCode, await held()]).toEqual([200, now]);
	expect(answer.json()).toContainEqual({ userId: id, licenseId: wishes[0]?.licenseId, result: "success" });
});

test("panels look again when their user's licenses have changed, and only then", async () => {
	const wish = [{ licenseId: "engage1", userIdsAdd: [agent.user.id] }];
	for (const _again of [1, 2]) await assign(wish);
	const [event, ...others] = await told();
	expect(others).toEqual([]);
	expect(event?.actor).toMatchObject({ userId: admin.user.id });
	expect(event?.announcements).toEqual([{ topics: [rightsTopic(agent.user.id)], eventBody: {} }]);
});

test.each<[string, (id: string) => Wish[], string]>([
	["a license that there is not", (id) => [{ licenseId: "engage9", userIdsAdd: [id] }], "assignments[1].licenseId"],
	["somebody who is not there", () => [{ licenseId: "engage3", userIdsAdd: ["nobody"] }], "assignments[1].userIdsAdd"],
	[
		"somebody to be taken one who is not there",
		() => [{ licenseId: "engage3", userIdsRemove: ["nobody"] }],
		"assignments[1].userIdsRemove",
	],
])("with %s nothing of the request is kept, and its field is named", async (_what, bad, fieldName) => {
	const good = { licenseId: "engage2", userIdsAdd: [agent.user.id] };
	const answer = await assign([good, ...bad(agent.user.id)]);
	expect([answer.statusCode, answer.json().details?.[0]?.fieldName], answer.body).toEqual([400, fieldName]);
	expect(await held()).toEqual(["communicate"]);
	expect(await told()).toEqual([]);
});

test("who may give in one division gives to nobody of another, nor beside their own", async () => {
	const division = await people.authorization.divisions.create({ name: "North", description: "" });
	const northern = await givers.person([[["authorization:grant:*"], division.id]]);
	expect((await northern.call("GET", `license/users/${agent.user.id}`)).statusCode).toBe(403);
	const refused = await assign([{ licenseId: "engage1", userIdsAdd: [agent.user.id] }], northern);
	expect([refused.statusCode, await held()]).toEqual([403, ["communicate"]]);
	expect((await northern.call("GET", "license/users")).statusCode, "all of them are the whole organization's").toBe(
		403,
	);
});

test("two administrators who change one person's at once both have their way", async () => {
	const id = agent.user.id;
	const wanted = ["collaborate", "engage1", "engage2", "engage3"];
	await Promise.all(wanted.map((licenseId) => assign([{ licenseId, userIdsAdd: [id] }])));
	expect(await held()).toEqual(["collaborate", "communicate", "engage1", "engage2", "engage3"]);
	expect(await told()).toHaveLength(wanted.length);
});

test("a license comprises those below it, and one that is none is not found", async () => {
	const read = async (id: string) => (await agent.call("GET", `license/definitions/${id}`)).json();
	const { comprises } = await read("engage1");
	expect(comprises.map(({ id }: { id: string }) => id)).toEqual(["collaborate", "communicate"]);
	expect((await read("collaborate")).comprises).toEqual([]);
	expect((await read("engage9")).code).toBe("not.found");
});
