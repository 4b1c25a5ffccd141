import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundledClientId } from "@inlay/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureAdministrator, ensureOrganization } from "./app-setup.ts";
import { bundledClient } from "./oauth/bundled-client.ts";
import { type TestPeople, testPeople } from "./test-support/test-people.ts";

let people: TestPeople;
let folder: string;
const username = "admin@inlay.local";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-setup-"));
	people = await testPeople({ config: { dataDir: folder } });
});
afterEach(async () => {
	await people.close();
	await rm(folder, { recursive: true });
});

const start = () => ensureAdministrator(people.kernel, people);
const passwordFile = () => join(folder, "first-administrator.txt");

/** Ids of all users who are not deleted. */
async function everybody(): Promise<string[]> {
	const { users } = await people.users.list({}, { pageNumber: 1, pageSize: 100 });
	return users.filter((user) => user.state !== "deleted").map((user) => user.id);
}

async function first() {
	await start();
	const made = await people.users.findByUsername(username);
	if (!made) throw new Error("The first start made no administrator.");
	return made;
}

test("the first start makes an administrator whose password stands in a file for its owner alone", async () => {
	const made = await first();
	const password = /^Password: (\S+)$/m.exec(await readFile(passwordFile(), "utf8"))?.[1] ?? "";
	expect((await people.users.verifyPassword(username, password))?.id).toBe(made.id);
	expect((await stat(passwordFile())).mode & 0o077).toBe(0);
	expect(await people.authorization.grantsOf(made.id)).toContainEqual({ permission: "*:*:*", divisions: "all" });
});

test("the file was removed of a first administrator who was renamed before they had signed in, with the one way in", async () => {
	const made = await first();
	await people.users.update(made.id, { username: "chief@acme.example", email: "chief@acme.example" });
	await start();
	expect(await readFile(passwordFile(), "utf8")).toContain("Password: ");
	await people.users.authentication.passwords.reset(made, "chosen by its owner 7");
	await start();
	await expect(readFile(passwordFile())).rejects.toMatchObject({ code: "ENOENT" });
});

test("every start went on naming the file of a password that was worth nothing any more", async () => {
	const made = await first();
	await start();
	expect(await readFile(passwordFile(), "utf8")).toContain(username);
	await people.users.authentication.passwords.reset(made, "chosen by its owner 7");
	await start();
	await expect(readFile(passwordFile())).rejects.toMatchObject({ code: "ENOENT" });
});

test.each([
	["renamed", (id: string) => people.users.update(id, { username: "chief@acme.example", email: "chief@acme.example" })],
	["deleted", (id: string) => people.users.remove(id)],
])("the first administrator was %s, and the next start made another one with a known name", async (_what, change) => {
	const made = await first();
	const role = await people.authorization.defaultRole("admin");
	const other = await people.users.create({ name: "Other", email: "other@acme.example" });
	await people.authorization.grant(other.id, role.id, "*");
	await change(made.id);
	await rm(passwordFile());
	const before = await everybody();
	await start();
	expect(await everybody()).toEqual(before);
	expect(await people.users.findByUsername(username)).toBeUndefined();
	await expect(readFile(passwordFile())).rejects.toMatchObject({ code: "ENOENT" });
});

test("a first start that was ended before its mark goes on from there", async () => {
	const made = await first();
	await people.kernel.database.db.updateTable("organization").set({ administered_since: null }).execute();
	await start();
	await start();
	expect(await everybody()).toEqual([made.id]);
	expect(await people.users.organization.hasHadAdministrator()).toBe(true);
});

test("a start without the demo on the demo's folder made a second administrator, though one could sign in", async () => {
	const ada = await people.users.create({ name: "Ada", email: "ada@demo.example", password: "Correct-Horse-7" });
	await people.authorization.grant(ada.id, (await people.authorization.defaultRole("admin")).id, "*");
	await start();
	expect(await everybody()).toEqual([ada.id]);
	await expect(readFile(passwordFile())).rejects.toMatchObject({ code: "ENOENT" });
});

test("a first start that was ended before the administrator had a role goes on from there, with the file's password", async () => {
	await people.users.create({ name: "Administrator", email: username, password: "of-the-ended-start-7" });
	const made = await first();
	const password = /^Password: (\S+)$/m.exec(await readFile(passwordFile(), "utf8"))?.[1] ?? "";
	expect((await people.users.verifyPassword(username, password))?.id).toBe(made.id);
	expect(await people.authorization.grantsOf(made.id)).toContainEqual({ permission: "*:*:*", divisions: "all" });
});

test("the console of an installation of before could not ask for what a later version brought: its client kept its old scopes", async () => {
	await ensureOrganization(people.kernel, people);
	const { scopes: wanted } = bundledClient(people.kernel.config);
	const client = () => people.oauth.clients.get(bundledClientId);
	expect((await client()).scopes).toEqual(wanted);
	const ofBefore = ["quality", ...wanted.filter((scope) => scope !== "telephony")];
	await people.kernel.database.db
		.updateTable("oauth_clients")
		.set({ scopes: JSON.stringify(ofBefore) })
		.where("id", "=", bundledClientId)
		.execute();
	await ensureOrganization(people.kernel, people);
	const { scopes, version } = await client();
	expect([...scopes].sort()).toEqual([...wanted, "quality"].sort());
	await ensureOrganization(people.kernel, people);
	expect((await client()).version).toBe(version);
});
