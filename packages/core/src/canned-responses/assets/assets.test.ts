import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationWorld } from "../../conversations/test-support/world.ts";
import { createSight } from "../../kernel/sight.ts";
import type { StillMay } from "../../kernel/still-may.ts";
import { referredQueues } from "../../routing/queue-store.ts";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { createCannedResponses } from "../canned-responses.ts";
import { cannedResponseRoutes } from "../routes.ts";
import { largestAsset } from "./model.ts";

type Body = Record<string, unknown> & { id: string; results: Body[]; code: string; url: string };

const home = "home";
const directory = {
	homeDivisionId: async () => home,
	divisions: {
		list: async () => [home, "north"].map((id) => ({ id, name: id })),
		requireStanding: async () => {},
		addCounter: () => {},
	},
};
/** Users and programs without the right to bring files, or without an account in use, from now on. */
const without = new Set<string>();
const stillMay: StillMay = async (_trx, { userId, clientId = "" }) => !without.has(userId ?? clientId);
const deps = { holdQueues: referredQueues.hold, directory, organizationId: async () => "org", stillMay };
const publicUrl = "http://inlay.test";
const emptyZip = Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(18)]);

let world: Awaited<ReturnType<typeof conversationWorld>>;
let canned: ReturnType<typeof createCannedResponses>;
let api: TestApi;

beforeAll(async () => {
	world = await conversationWorld();
	canned = createCannedResponses(world.kernel, deps);
	const none = { permissions: [], divisionOf: async () => undefined };
	const sight = createSight({
		...{ queue: none, script: none, wrapupCode: none, contactList: none, dncList: none },
		responseAsset: {
			permissions: ["responseAssets:asset:view"],
			divisionOf: async (id) => (await canned.assets.store.find([id]))[0]?.divisionId,
		},
	});
	const usersOf = async () => new Map([["ada", { name: "Ada", version: 1 }]]);
	const routes = cannedResponseRoutes({ canned, usersOf, sight, directory, publicUrl }, world.conversations);
	const grants = (divisions: "all" | Set<string>) => [
		{ permission: "responseAssets:asset:*", divisions },
		{ permission: "responses:*:*", divisions: "all" as const },
	];
	api = await testApi(routes, {
		ada: testPrincipal({ userId: "ada", grants: grants("all") }),
		north: testPrincipal({ userId: "ben", grants: grants(new Set(["north"])) }),
	});
});
afterAll(async () => {
	await api.close();
	await world.close();
});

async function ask(method: string, path: string, body?: object, as = "ada"): Promise<{ status: number; body: Body }> {
	const headers: Record<string, string> = body ? { "content-type": "application/json" } : {};
	const answer = await api.call(method, `/api/v2/responsemanagement${path}`, {
		as,
		headers,
		...(body ? { body } : {}),
	});
	return { status: answer.statusCode, body: answer.body ? answer.json() : ({} as Body) };
}

async function bring(url: string, content: Buffer | string) {
	const answer = await api.call("PUT", url.slice(publicUrl.length), {
		headers: { "content-type": "application/octet-stream" },
		body: Buffer.from(content),
	});
	return { status: answer.statusCode, code: (answer.json() as Body).code };
}

async function begun(name: string, more: object = {}): Promise<Body> {
	const { status, body } = await ask("POST", "/responseassets/uploads", { name, ...more });
	expect(status, JSON.stringify(body)).toBe(200);
	return body;
}

async function asset(name: string, more: object = {}): Promise<string> {
	const { id, url } = await begun(name, more);
	expect((await bring(url, "a,b\n1,2\n")).status).toBe(200);
	return id;
}

async function response(...assetIds: string[]) {
	const library = await ask("POST", "/libraries", { name: randomUUID() });
	return {
		name: "Return form",
		libraries: [{ id: library.body.id }],
		texts: [{ content: "Here it is." }],
		assets: assetIds.map((id) => ({ id })),
	};
}

const files = async () =>
	(
		await sql<{ id: string }>`select id from response_assets union all select key from response_assets_left`.execute(
			world.kernel.database.db,
		)
	).rows;

test("a file was brought, found by its name, and read by its link; its response and who brought it are told", async () => {
	const { id, url, headers } = await begun("Prices 2027.csv", {
		contentMd5: createHash("md5").update("a,b\n1,2\n").digest("base64"),
	});
	expect(headers).toEqual({ "Content-Type": "application/octet-stream" });
	expect((await ask("GET", `/responseassets/status/${id}`)).body).toEqual({ id, status: "InProgress" });
	expect((await ask("GET", `/responseassets/${id}`)).status).toBe(404);
	expect((await bring(url, "a,b\n1,2\n")).status).toBe(200);
	expect((await ask("GET", `/responseassets/status/${id}`)).body).toEqual({ id, status: "Uploaded" });
	const made = await ask("POST", "/responses", await response(id));
	expect(made.body.assets).toEqual([{ id, selfUri: `/api/v2/responsemanagement/responseassets/${id}` }]);
	const { results } = (
		await ask("POST", "/responseassets/search", { query: [{ type: "CONTAINS", fields: ["name"], value: "prices" }] })
	).body;
	expect(results).toMatchObject([
		{ id, name: "Prices 2027.csv", contentLength: 8, contentType: "text/csv", createdBy: { name: "Ada" } },
	]);
	const one = (await ask("GET", `/responseassets/${id}`)).body;
	expect(one).toMatchObject({ division: { id: home, name: home }, responses: [{ name: "Return form" }] });
	const ticket = new URL(String(one.contentLocation)).searchParams.get("ticket") ?? "";
	expect(await world.kernel.storage.readTicket(ticket)).toMatchObject({ filename: "Prices 2027.csv", size: 8 });
});

test("an address for one file took a second one", async () => {
	const { id, url } = await begun("Once.txt");
	expect((await bring(url, "first")).status).toBe(200);
	expect(await bring(url, "second")).toEqual({ status: 403, code: "response.asset.ticket" });
	expect((await ask("GET", `/responseassets/${id}`)).body.contentLength).toBe(5);
});

test.each([
	["a program under another name", "Form.pdf", Buffer.from("MZ\u0090\u0000"), "attachment.type"],
	["a page that calls itself a text", "Form.txt", "<!doctype html><script>alert(1)</script>", "attachment.type"],
	["nothing", "Form.zip", "", "attachment.empty"],
	["what is larger than any mail takes", "Form.zip", Buffer.alloc(largestAsset + 1), "attachment.size"],
])("%s was kept; the status says why it is not, and another one may follow", async (_what, name, content, code) => {
	const { id, url } = await begun(name);
	expect((await bring(url, content)).code).toBe(code);
	expect((await ask("GET", `/responseassets/status/${id}`)).body).toMatchObject({ status: "Failed", errorCode: code });
	const good = { pdf: "%PDF-1.7", txt: "Form", zip: emptyZip }[name.split(".")[1] ?? ""] ?? "";
	expect((await bring(url, good)).status).toBe(200);
});

test("a name that nobody may open was taken, and one that makes a picture of a table", async () => {
	expect((await ask("POST", "/responseassets/uploads", { name: "setup.exe" })).body.code).toBe("attachment.type");
	const id = await asset("List.csv");
	expect((await ask("PUT", `/responseassets/${id}`, { name: "List.png" })).status).toBe(400);
	expect((await ask("PUT", `/responseassets/${id}`, { name: "Table.csv" })).body).toMatchObject({ name: "Table.csv" });
});

test("a long name lost its ending: a program was taken, and nothing told what the file was", async () => {
	const long = "x".repeat(200);
	expect((await ask("POST", "/responseassets/uploads", { name: `${long}.exe` })).body.code).toBe("attachment.type");
	const { id, url } = await begun(`${long}.pdf`);
	expect((await bring(url, "no PDF")).code).toBe("attachment.type");
	expect((await bring(url, "%PDF-1.7")).status).toBe(200);
	expect((await ask("GET", `/responseassets/${id}`)).body).toMatchObject({
		name: `${"x".repeat(146)}.pdf`,
		contentType: "application/pdf",
	});
});

test("another file than the digest says was kept", async () => {
	const { url } = await begun("Digest.txt", { contentMd5: createHash("md5").update("mine").digest("hex") });
	expect((await bring(url, "yours")).code).toBe("response.asset.md5");
	expect((await bring(url, "mine")).status).toBe(200);
});

test("files of a division were read, moved, deleted and put into responses from another one", async () => {
	const [theirs, own] = [await asset("Home.csv"), await asset("North.csv", { divisionId: "north" })];
	for (const [method, path, body] of [
		["GET", `/responseassets/${theirs}`],
		["GET", `/responseassets/status/${theirs}`],
		["PUT", `/responseassets/${theirs}`, { name: "Mine.csv" }],
		["DELETE", `/responseassets/${theirs}`],
		["PUT", `/responseassets/${own}`, { name: "Mine.csv", divisionId: home }],
		["POST", "/responseassets/uploads", { name: "Home.csv" }],
		["POST", "/responses", await response(theirs)],
	] as const)
		expect((await ask(method, path, body, "north")).body.code, path).toBe("missing.division.permission");
	const found = (await ask("POST", "/responseassets/search", { query: [], pageSize: 100 }, "north")).body.results;
	expect(found.map(({ id }) => id)).toEqual([own]);
	const bulk = (await ask("POST", "/responseassets/bulk", { assetIds: [theirs, own] }, "north")).body;
	expect([(bulk.entities as Body[]).map(({ id }) => id), bulk.notFound]).toEqual([[own], [theirs]]);
});

test("a file that a response brings along was deleted, and one that none does stayed in the storage", async () => {
	const id = await asset("Used.csv");
	const made = await ask("POST", "/responses", await response(id));
	const refused = await ask("DELETE", `/responseassets/${id}`);
	expect([refused.status, refused.body.code, refused.body.message]).toEqual([
		...[409, "general.conflict"],
		expect.stringContaining("Return form"),
	]);
	const [kept] = await canned.assets.store.find([id]);
	await ask("DELETE", `/responses/${made.body.id}`);
	expect((await ask("DELETE", `/responseassets/${id}`)).status).toBe(204);
	expect(await world.kernel.storage.get(kept?.key ?? "")).toBeUndefined();
	expect((await files()).some((one) => one.id === id)).toBe(false);
	expect((await ask("POST", "/responses", await response(id))).status).toBe(400);
});

test("a response was saved whose files together no email takes", async () => {
	const [one, two] = [await asset("Large.csv"), await asset("Larger.csv")];
	const { db } = world.kernel.database;
	await sql`update response_assets set size = ${6 * 1024 * 1024} where id in (${one}, ${two})`.execute(db);
	const both = await response(one, two);
	const refused = await ask("POST", "/responses", both);
	expect([refused.status, refused.body.code]).toEqual([400, "response.assets.size"]);
	expect(refused.body.details).toMatchObject([{ fieldName: "assets" }]);
	const made = await ask("POST", "/responses", { ...both, assets: [{ id: one }] });
	expect((await ask("PUT", `/responses/${made.body.id}`, { ...both, version: 1 })).body.code).toBe(
		"response.assets.size",
	);
	// A message is one file.
	expect((await ask("POST", "/responses", { ...both, inlay: { media: ["message"] } })).status).toBe(200);
});

test("an upload that nobody ended, and a file whose deletion was cut short, lay there for ever", async () => {
	const [{ id: begunOnly }, { id: halfway }, cut] = [
		await begun("Never.txt"),
		await begun("Half.txt"),
		await asset("Cut.csv"),
	];
	const { db } = world.kernel.database;
	const keyOf = async (id: string) =>
		(await sql<{ key: string }>`select key from response_assets where id = ${id}`.execute(db)).rows[0]?.key ?? "";
	const keys = [await keyOf(halfway), await keyOf(cut)];
	// The server was killed between the file and its row, and between the row and the file.
	const half = Buffer.from("half");
	await world.kernel.storage.put(keys[0] ?? "", [half] as never, { type: "text/plain", size: half.length });
	await world.kernel.database.change((trx) => canned.assets.store.leave(trx, { id: cut, key: keys[1] ?? "" }));
	await sql`update response_assets set until = '2000-01-01' where id in (${begunOnly}, ${halfway})`.execute(db);
	await canned.assets.prune();
	for (const key of keys) expect(await world.kernel.storage.get(key)).toBeUndefined();
	const left = (await files()).map(({ id }) => id);
	expect([begunOnly, halfway, cut].filter((id) => left.includes(id))).toEqual([]);
});

/** A file that somebody is bringing: asked for, and not there yet. */
function onItsWay(content: string) {
	const [asked, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	async function* coming() {
		asked.resolve();
		await go.promise;
		yield Buffer.from(content);
	}
	return { body: Readable.from(coming()), asked: asked.promise, go: go.resolve };
}

test("two who brought one file at the same moment to two servers left its row without a file", async () => {
	const other = createCannedResponses(world.kernel, deps);
	const { id, url } = await begun("Twice.txt");
	const ticket = new URL(url).searchParams.get("ticket") ?? "";
	const [one, two] = [onItsWay("the first"), onItsWay("the second one")];
	const ended = Promise.allSettled([canned.assets.bring(ticket, one.body), other.assets.bring(ticket, two.body)]);
	await Promise.all([one.asked, two.asked]);
	one.go();
	two.go();
	expect((await ended).map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	const kept = await canned.assets.require(id);
	expect((await text(await canned.assets.read(kept))).length).toBe(kept.size);
});

test("one file that could not be deleted kept all others in the storage for ever", async () => {
	const ids = [await asset("One.csv"), await asset("Two.csv"), await asset("Three.csv")];
	const all = (await canned.assets.store.find(ids)).sort((a, b) => a.key.localeCompare(b.key));
	for (const one of all) await world.kernel.database.change((trx) => canned.assets.store.leave(trx, one));
	const { storage } = world.kernel;
	const [stuck, ...others] = all.map(({ key }) => key);
	const failing = {
		...storage,
		delete: (key: string) => (key === stuck ? Promise.reject(new Error("No.")) : storage.delete(key)),
	};
	await createCannedResponses({ ...world.kernel, storage: failing }, deps).assets.prune();
	for (const key of others) expect(await storage.get(key)).toBeUndefined();
	expect((await files()).filter(({ id }) => [stuck, ...others].includes(id))).toEqual([{ id: stuck }]);
	await canned.assets.prune();
	expect((await files()).some(({ id }) => id === stuck)).toBe(false);
});

test("an address that was asked for in time took a file from somebody who had lost the right to bring any", async () => {
	const { body } = await ask("POST", "/responseassets/uploads", { name: "late.txt" }, "ada");
	without.add("ada");
	expect(await bring(body.url, "late")).toEqual({ status: 403, code: "response.asset.ticket" });
	without.clear();
	expect((await bring(body.url, "in time")).status).toBe(200);
	const half = (await ask("POST", "/responseassets/uploads", { name: "half.txt" }, "ada")).body;
	const ticket = new URL(half.url).searchParams.get("ticket") ?? "";
	const slow = new Readable({ read() {} });
	const brought = canned.assets.bring(ticket, slow);
	slow.push("begun with the right");
	await expect.poll(() => slow.readableDidRead).toBe(true);
	without.add("ada");
	slow.push(null);
	await expect(brought).rejects.toMatchObject({ status: 403, code: "response.asset.ticket" });
	without.clear();
	expect(await canned.assets.store.find([half.id])).toEqual([]);
});

test("a program's address for a file outlived the program: it was disabled, or had lost its role, and the file was kept", async () => {
	const program = { clientId: "robot" };
	const wish = { name: "robot.txt", divisionId: home };
	const [first, second] = [await canned.assets.begin(wish, program), await canned.assets.begin(wish, program)];
	without.add("robot");
	await expect(canned.assets.bring(first.ticket, Readable.from([Buffer.from("late")]))).rejects.toMatchObject({
		...{ status: 403, code: "response.asset.ticket" },
	});
	without.clear();
	const coming = onItsWay("begun with the right");
	const brought = canned.assets.bring(second.ticket, coming.body);
	await coming.asked;
	without.add("robot");
	coming.go();
	await expect(brought).rejects.toMatchObject({ status: 403, code: "response.asset.ticket" });
	without.clear();
	expect(await canned.assets.store.find([first.id, second.id])).toEqual([]);
	await canned.assets.bring(first.ticket, Readable.from([Buffer.from("in time")]));
	expect(await canned.assets.store.find([first.id])).toHaveLength(1);
});
