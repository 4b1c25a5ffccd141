import { agentPermissionRows } from "@inlay/contract";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allMigrations } from "../app-migrations.ts";
import { migrate } from "../kernel/database/migrations.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { createAuthorization } from "./authorization.ts";
import { fingerprintOf, updateDefaultRoles } from "./default-role-updates.ts";
import { defaultRoles } from "./default-roles.ts";
import { permissionsOf, policiesOf } from "./policies.ts";
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
async function startWith(permissions: readonly string[]): Promise<string[]> {
	const { database, events } = kernel;
	const wanted = defaultRoles.map((role) => (role.defaultRoleId === "agent" ? { ...role, permissions } : role));
	const deps = { database, events, store: postgresAuthorizationStore, judge: authorization.judge };
	const left = await updateDefaultRoles(deps, wanted);
	// A process that has just started knows nothing yet.
	authorization.forget();
	return left;
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
	const told = await kernel.told();
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
	const before = await kernel.newest();
	expect(await startWith(now)).toEqual([]);
	expect(await kernel.newest()).toBe(before);
});

test("a fingerprint knows a set of permissions by what is in it", () => {
	expect(fingerprintOf(["b:b:b", "a:a:a"])).toBe(fingerprintOf(["a:a:a", "b:b:b", "a:a:a"]));
	expect(fingerprintOf(["a:a:a"])).not.toBe(fingerprintOf(["a:a:*"]));
});

test("a database of the first release gets the new agent at the next start", async () => {
	const old = await testKernel();
	const { db } = old.database;
	const { id } = await db
		.selectFrom("roles")
		.select("id")
		.where("default_role_id", "=", "agent")
		.executeTakeFirstOrThrow();
	const changed = await db
		.selectFrom("roles")
		.select("id")
		.where("default_role_id", "=", "supervisor")
		.executeTakeFirstOrThrow();
	await db
		.updateTable("roles")
		.set({ policies: policiesText(firstAgent) })
		.where("id", "=", id)
		.execute();
	await db
		.updateTable("roles")
		.set({ policies: policiesText(["a:b:c"]) })
		.where("id", "=", changed.id)
		.execute();
	await sql`alter table roles drop column version, drop column shipped`.execute(db);
	await sql`delete from kysely_migration where name = '1100_role_versions'`.execute(db);

	await migrate(db, allMigrations);
	const started = createAuthorization(old);
	expect(await started.updateDefaultRoles()).toEqual(["Supervisor"]);
	const agentNow = permissionsOf((await started.roles.get(id)).policies);
	expect(agentNow).not.toContain("conversation:communication:*");
	const product = defaultRoles.find((role) => role.defaultRoleId === "agent")?.permissions ?? [];
	expect(fingerprintOf(agentNow)).toBe(fingerprintOf(product));
	expect(permissionsOf((await started.roles.get(changed.id)).policies)).toEqual(["a:b:c"]);
	started.stop();
	await old.close();
});

function policiesText(permissions: readonly string[]): string {
	return JSON.stringify(policiesOf(permissions));
}

/** The agent's role as the first release made it. */
const firstAgent = [
	"directory:user:view",
	"presence:presenceDefinition:view",
	"telephony:selfStationAssociation:view",
	"telephony:selfStationAssociation:edit",
	"telephony:station:disassociateSelf",
	...agentPermissionRows
		.flatMap((row) => row.permissions)
		.filter((one) => one !== "quality:evaluation:edit" && one !== "quality:evaluation:editScore"),
	"analytics:conversationDetail:view",
	"analytics:userObservation:view",
	"conversation:call:add",
	"conversation:call:assign",
	"conversation:call:pull",
	"conversation:callForwarding:view",
	"conversation:callback:*",
	"conversation:communication:*",
	"conversation:conference:add",
	"conversation:email:*",
	"conversation:externalTag:edit",
	"conversation:message:*",
	"conversation:messageMedia:view",
	"conversation:participant:*",
	"conversation:webchat:*",
	"conversation:webmessaging:*",
	"externalContacts:contact:*",
	"externalContacts:conversation:associate",
	"externalContacts:externalOrganization:view",
	"responses:library:view",
	"responses:response:view",
	"routing:queue:search",
	"routing:queue:view",
	"routing:skill:view",
	"routing:wrapupCode:view",
	"telephony:plugin:all",
	"voicemail:acdvoicemail:view",
	"wfm:agentSchedule:sync",
];

test("an organization of an older version gets the roles that came since; one of its own keeps its name", async () => {
	const { database, events } = kernel;
	const before = await authorization.roles.list();
	await authorization.roles.create("server", { name: "Night Watch", permissions: ["directory:user:view"] });
	const product = { defaultRoleId: "watch", name: "Night Watch", description: "", base: false };
	const wanted = [...defaultRoles, { ...product, permissions: ["routing:queue:view"] }];
	const deps = { database, events, store: postgresAuthorizationStore, judge: authorization.judge };
	for (let start = 0; start < 2; start++) await updateDefaultRoles(deps, wanted);
	authorization.forget();
	const added = (await authorization.roles.list()).filter(({ id }) => !before.some((one) => one.id === id));
	expect(new Map(added.map(({ name, defaultRoleId }) => [name, defaultRoleId]))).toEqual(
		new Map([
			["Night Watch", null],
			["Night Watch (Inlay)", "watch"],
		]),
	);
});
