import { afterAll, beforeAll, expect, it } from "vitest";
import type { GrantedPermission } from "../kernel/principal.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { workplace } from "../test-support/workplace.ts";

let work: Awaited<ReturnType<typeof workplace>>;
let home: string;
let east: string;
let queueId: string;
let ours: string;
let theirs: string;

beforeAll(async () => {
	work = await workplace();
	home = await work.authorization.homeDivisionId();
	east = (await work.authorization.divisions.create({ name: "East", description: "" })).id;
	queueId = (await work.queues.create({ name: "Help" }, {})).id;
	ours = (await work.users.create({ name: "Ours", email: "ours@x.example" })).id;
	theirs = (await work.users.create({ name: "Theirs", email: "theirs@x.example", divisionId: east })).id;
});
afterAll(() => work.close());

let count = 0;

/** Somebody with the permission in some divisions. */
function supervisor(permission: string, ...divisions: string[]): string {
	const name = `supervisor${++count}`;
	const grants: GrantedPermission[] = [{ permission, divisions: new Set(divisions) }];
	work.principals[name] = testPrincipal({ userId: name, tokenHash: name, grants });
	return name;
}

const members = () => work.queues.listMembers(queueId, {}, { limit: 10, offset: 0 });
const path = () => `/api/v2/routing/queues/${queueId}/members`;
const refused = { code: "missing.division.permission" };

it.each(["routing:queue:edit", "routing:queueMember:manage"])(
	"with %s where the queue is, somebody took another division's people into it",
	async (permission) => {
		const as = supervisor(permission, home);
		const answer = await work.api.call("POST", path(), { as, body: [{ id: ours }, { id: theirs }] });
		expect([answer.statusCode, answer.json()], answer.body).toMatchObject([403, refused]);
		expect(answer.json().message).toContain(east);
		expect((await members()).total).toBe(0);
		expect((await work.api.call("POST", path(), { as, body: [{ id: ours }] })).statusCode).toBe(204);
		const body = [{ id: theirs }];
		expect((await work.api.call("POST", path(), { as: supervisor(permission, east), body })).statusCode).toBe(403);
		const both = supervisor(permission, home, east);
		expect((await work.api.call("POST", path(), { as: both, body })).statusCode).toBe(204);
		expect((await members()).total).toBe(2);
		// Who may not take them in may let them go: the queue is theirs.
		for (const id of [ours, theirs])
			expect((await work.api.call("DELETE", `${path()}/${id}`, { as })).statusCode).toBe(204);
	},
);

it("another division's member was set to work by who may not put them there", async () => {
	await work.queues.addMembers(queueId, [theirs], {});
	const as = supervisor("routing:queueMember:manage", home);
	const join = (joined: boolean) => [
		work.api.call("PATCH", path(), { as, body: [{ id: theirs, joined }] }),
		work.api.call("PATCH", `${path()}/${theirs}`, { as, body: { joined } }),
		work.api.call("PATCH", `/api/v2/users/${theirs}/queues`, { as, body: [{ id: queueId, joined }] }),
	];
	for (const answer of await Promise.all(join(true))) expect(answer.json()).toMatchObject(refused);
	const [one, other] = await Promise.all(join(false).slice(0, 2));
	expect([one?.statusCode, other?.statusCode]).toEqual([200, 202]);
});
