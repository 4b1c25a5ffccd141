import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Services } from "@inlay/core";
import { type BareServer, bareServer } from "@inlay/core/test-support/bare-server";
import { demoExtension } from "@inlay/demo";
import { seedDemo, whatWasMade } from "@inlay/demo/seed";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const places = { crm: "http://crm.test:1", customer: "http://shop.test:2" };
const all = { limit: 500, offset: 0 };
const actor = {};

let folder: string;
let server: BareServer;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "inlay-demo-restarts-"));
	server = await bareServer(folder);
	await restart();
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

/** What a start of the demo does to the database and to demo.json, on what is there. */
async function restart() {
	const services = await server.start();
	const made = await whatWasMade(server.kernel, services);
	const demo = await seedDemo(server.kernel, services, places, made);
	await writeFile(join(folder, "demo.json"), JSON.stringify(demo));
	return demo;
}

async function expectToLeaveAll(): Promise<void> {
	const before = await server.fingerprint();
	await restart();
	expect(await server.fingerprint()).toBe(before);
}

/** The file that says what was made is lost: what older demos did not have is made once, as for these; nothing else. */
async function withoutFile(): Promise<void> {
	await rm(join(folder, "demo-made.json"));
	await restart();
	await expectToLeaveAll();
}

it("a start makes nothing that the one before has made", async () => {
	await expectToLeaveAll();
});

it("a start that was ended after it had made something, and before it could note that, is gone on from", async () => {
	const file = join(folder, "demo-made.json");
	const whole = JSON.parse(await readFile(file, "utf8")) as { made: string[]; ids: Record<string, string> };
	expect(whole.made.length).toBeGreaterThan(15);
	const counts = async () => (await server.fingerprint()).replaceAll(/ \S+$/gm, "");
	const before = await counts();
	for (const lost of whole.made.filter((part) => part !== "messages")) {
		const { [lost]: _id, ...ids } = whole.ids;
		await writeFile(file, JSON.stringify({ ...whole, made: whole.made.filter((part) => part !== lost), ids }));
		await restart();
		expect(JSON.parse(await readFile(file, "utf8")).ids, lost).toEqual(whole.ids);
	}
	const withoutLog = (text: string) => text.replaceAll(/^(event_log|.*history.*) .*$/gm, "");
	expect(withoutLog(await counts())).toBe(withoutLog(before));
});

it("a mail that waited when the demo was killed was refused for good: its mailbox was opened after it had been tried", async () => {
	const services = await server.start();
	const extension = await demoExtension(server.kernel, services);
	// All that is there when the domains start, and what waits is sent.
	const end = await extension.prepare?.();
	const domain = await services.mailing.places.store.domain("inlay-demo.example");
	if (!domain) throw new Error("The demo has made no domain.");
	await services.mailing.carrier.check(domain);
	await end?.();
	await expect(services.mailing.carrier.check(domain)).rejects.toThrow();
});

it("whoever renamed anything that the demo had made, the queue or a campaign, had a server that did not start", async () => {
	await server.renameEverything();
	await expectToLeaveAll();
	const { users, queue } = JSON.parse(await readFile(join(folder, "demo.json"), "utf8"));
	expect([users.agent.username, users.agent.name, queue.name]).toEqual([
		"renamed.agent@demo.inlay",
		"Renamed Anna Agent",
		"Renamed Customer service",
	]);
	await withoutFile();
});

/** Whatever an administrator can delete, in the order in which nothing refers to it any more. */
const deletions: Record<string, (services: Services) => Promise<unknown>> = {
	campaigns: ({ outbound }) => each(outbound.campaigns),
	"contact lists": ({ outbound }) => each(outbound.lists),
	"lists of numbers not to be called": ({ outbound }) => each(outbound.dncLists),
	"attempt limits": ({ outbound }) => each(outbound.limits),
	"what wrap-up codes say of contacts": ({ outbound }) =>
		outbound.rules.setMapping({ defaultSet: [], mapping: {} }, actor),
	"addresses for messages": async ({ messaging: { addresses } }) => {
		for (const { id } of await addresses.all()) await addresses.remove(id, undefined, { userId: id });
	},
	numbers: async ({ entryPoints }) => {
		for (const { number } of await entryPoints.all()) await entryPoints.remove(number, undefined, actor);
	},
	"wrap-up codes": async ({ wrapupCodes }) => {
		const own = (await wrapupCodes.list({}, all)).codes.filter(({ name }) => !name.includes("Default"));
		for (const { id } of own) await wrapupCodes.remove(id, actor);
	},
	queues: async ({ queues }) => {
		for (const { id } of (await queues.list({}, all)).queues) await queues.remove(id, actor, { force: true });
	},
	skills: async ({ skills }) => {
		for (const { id } of (await skills.list({}, all)).found) await skills.remove(id, actor);
	},
	deployments: ({ deployments }) => deployments.remove("d0000000-0000-4000-8000-0000000000f1"),
	groups: async ({ users: { groups } }) => {
		for (const { id } of (await groups.list({}, { pageNumber: 1, pageSize: 100 })).groups)
			await groups.remove("server", id);
	},
	clients: async ({ oauth }) => {
		for (const id of ["c1", "c2", "c3"]) await removeClient(oauth, `d0000000-0000-4000-8000-0000000000${id}`);
	},
	people: async ({ users }) => {
		for (const { id } of (await users.list({}, { pageNumber: 1, pageSize: 100 })).users) await users.remove(id);
	},
};

async function removeClient({ clients }: Services["oauth"], id: string): Promise<void> {
	const client = await clients.find(id);
	if (!client) throw new Error(`There is no client ${id}.`);
	const { name, grantType, redirectUris } = client;
	const change = { name, authorizedGrantType: grantType, registeredRedirectUri: [...redirectUris], state: "inactive" };
	await clients.update("server", id, change);
	await clients.remove("server", id);
}

async function each(things: {
	list(filter: object, slice: typeof all): Promise<{ found: { id: string }[] }>;
	remove(id: string, by: object, asker: "server"): Promise<void>;
}): Promise<void> {
	for (const { id } of (await things.list({}, all)).found) await things.remove(id, actor, "server");
}

describe("whoever deleted what the demo had made had a server that did not start", () => {
	it.each(Object.entries(deletions))("%s", async (_what, remove) => {
		await remove(await server.start());
		await expectToLeaveAll();
	});

	it("and one without the file that says what was made", async () => {
		await withoutFile();
		const { users } = await restart();
		expect(Object.values(users).map(({ isDeleted }) => isDeleted)).toEqual([true, true, true, true]);
	});
});
