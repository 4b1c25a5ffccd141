import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { createAuthorization } from "./authorization.ts";
import { fingerprintOf, updateDefaultRoles } from "./default-role-updates.ts";
import { defaultRoles } from "./default-roles.ts";
import { permissionsOf } from "./policies.ts";
import { postgresAuthorizationStore } from "./store.ts";

let kernel: TestKernel;
let authorization: ReturnType<typeof createAuthorization>;

beforeAll(async () => {
	kernel = await testKernel();
	authorization = createAuthorization(kernel);
});

afterAll(async () => {
	authorization.stop();
	await kernel.close();
});

/** The next start, with a product that gives its agents what is said here. */
function startWith(permissions: readonly string[]): Promise<string[]> {
	const { database, events } = kernel;
	const wanted = defaultRoles.map((role) => (role.defaultRoleId === "agent" ? { ...role, permissions } : role));
	return updateDefaultRoles(
		{ database, events, store: postgresAuthorizationStore, judge: authorization.judge },
		wanted,
	);
}

async function agent() {
	const role = await authorization.defaultRole("agent");
	return { ...role, permissions: permissionsOf(role.policies) };
}

test("an agent's role of an older version follows the product; one that an administrator changed stays", async () => {
	expect(await authorization.updateDefaultRoles()).toEqual([]);
	const asMade = await agent();
	expect(asMade.version).toBe(1);

	expect(await startWith(["routing:agent:onqueue", "conversation:call:add"])).toEqual([]);
	expect(await agent()).toMatchObject({
		id: asMade.id,
		permissions: ["routing:agent:onqueue", "conversation:call:add"],
		version: 2,
	});
	const told = await kernel.events.readAfter("0.0", 1_000);
	expect(told.filter((event) => event.type === "role.changed").map((event) => event.entityId)).toEqual([asMade.id]);

	const byHand = { name: "Agent", permissions: ["routing:agent:onqueue", "conversation:communication:view"] };
	await authorization.roles.update("server", asMade.id, byHand);
	for (const next of [["routing:agent:onqueue"], ["a:b:c"]]) {
		expect(await startWith(next)).toEqual(["Agent"]);
		expect((await agent()).permissions).toEqual(byHand.permissions);
	}

	// Put back by hand to what the product gave last, it is as it came again, and follows.
	await authorization.roles.update("server", asMade.id, {
		name: "Agent",
		permissions: ["conversation:call:add", "routing:agent:onqueue"],
	});
	expect(await startWith(["routing:agent:onqueue"])).toEqual([]);
	expect((await agent()).permissions).toEqual(["routing:agent:onqueue"]);
});

test("a start that changes nothing writes nothing", async () => {
	const now = (await agent()).permissions;
	const before = await kernel.events.latest();
	expect(await startWith(now)).toEqual([]);
	expect(await kernel.events.latest()).toBe(before);
});

test("a fingerprint knows a set of permissions by what is in it", () => {
	expect(fingerprintOf(["b:b:b", "a:a:a"])).toBe(fingerprintOf(["a:a:a", "b:b:b", "a:a:a"]));
	expect(fingerprintOf(["a:a:a"])).not.toBe(fingerprintOf(["a:a:*"]));
});
