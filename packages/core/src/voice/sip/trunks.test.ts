import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { workplace } from "../../test-support/workplace.ts";
import { trunkRoutes } from "./trunk-routes.ts";
import { createTrunks, type Trunks } from "./trunks.ts";

let work: Awaited<ReturnType<typeof workplace>>;
let api: TestApi;
let trunks: Trunks;
const path = "/api/inlay/v1/trunks";
const good = {
	name: "Provider",
	host: "sip.example.com",
	user: "4930123456",
	password: "s3cret-words",
	registers: true,
};

beforeAll(async () => {
	work = await workplace();
	trunks = createTrunks(work.kernel);
	const somewhere = [{ permission: "telephony:plugin:all", divisions: new Set(["west"]) }];
	const west = testPrincipal({ grants: somewhere });
	api = await testApi(trunkRoutes(trunks, { states: () => new Map() }), { root: testPrincipal(), west });
});
afterAll(async () => {
	await api.close();
	await work.close();
});

async function call(method: string, url: string, body?: unknown, as = "root") {
	const answer = await api.call(method, url, { as, ...(body ? { body } : {}) });
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json(), text: answer.body };
}
const fieldOf = ({ body }: { body: { details?: { fieldName: string }[] } }) => body.details?.[0]?.fieldName;

it("a trunk is made, read without its password, changed by its version, and taken away", async () => {
	const made = await call("POST", path, good);
	expect(made).toMatchObject({ status: 200, body: { hasPassword: true, version: 1, transport: "udp", prefixes: [] } });
	const one = `${path}/${made.body.id}`;
	const read = await call("GET", one);
	expect(read.text).not.toContain(good.password);
	expect((await trunks.require(made.body.id)).password).toBe(good.password);
	const { selfUri: _uri, hasPassword: _has, ...same } = read.body;
	expect(await call("PUT", one, { ...same, prefixes: ["+49 30"] })).toMatchObject({
		status: 200,
		body: { hasPassword: true, prefixes: ["+4930"], version: 2 },
	});
	expect((await call("PUT", one, { name: "Late", version: 1 })).status).toBe(409);
	expect((await call("GET", path)).body).toMatchObject({ total: 1 });
	expect((await call("GET", path, undefined, "west")).status, "trunks are the whole organization's").toBe(403);
	expect((await call("DELETE", one)).status).toBe(204);
	expect((await call("GET", one)).status).toBe(404);
});

it("an administrator corrected a port, and the password was dropped without a word, or went to another place", async () => {
	const { body } = await call("POST", path, { ...good, name: "Moved" });
	const one = `${path}/${body.id}`;
	for (const change of [
		{ port: 5070 },
		{ transport: "tls" },
		{ domain: "example.com" },
		{ host: "b.example.com" },
		{ user: "x" },
	]) {
		const refused = await call("PUT", one, change);
		expect([refused.status, fieldOf(refused)], JSON.stringify(change)).toEqual([400, "password"]);
	}
	expect((await trunks.require(body.id)).password).toBe(good.password);
	expect(await call("PUT", one, { port: 5070, password: "again" })).toMatchObject({
		body: { hasPassword: true, port: 5070 },
	});
	expect(await call("PUT", one, { port: 5071, password: null })).toMatchObject({ body: { hasPassword: false } });
});

it.each<[string, object, string]>([
	["a host that is none", { host: "not a host" }, "host"],
	["an IPv6 host", { host: "::1" }, "host"],
	["signing in as nobody", { user: null, password: null }, "user"],
	["a prefix that is none", { prefixes: ["49"] }, "prefixes"],
	["a number without its country", { callerNumber: "030 123456" }, "callerNumber"],
	["everybody as its source", { sources: ["0.0.0.0/0"] }, "sources"],
	["no calls at all", { maxCalls: 0 }, "maxCalls"],
	["a password of two lines", { password: "a\r\nVia: x" }, "password"],
])("is refused whole, with the field named: %s", async (_what, change, field) => {
	const refused = await call("POST", path, { ...good, name: "Refused", ...change });
	expect([refused.status, fieldOf(refused)]).toEqual([400, field]);
	expect((await trunks.all()).map(({ name }) => name)).not.toContain("Refused");
});

it("how many calls run by it is said, and taken back", async () => {
	const made = await call("POST", path, { ...good, name: "Bounded", maxCalls: 30 });
	expect(made.body).toMatchObject({ maxCalls: 30 });
	const changed = await call("PUT", `${path}/${made.body.id}`, { maxCalls: null });
	expect([changed.status, "maxCalls" in changed.body]).toEqual([200, false]);
});

it("a call whose keys could not be read any more was taken for one in the clear", async () => {
	const { store } = trunks;
	const peer = { transport: "udp" as const, address: "192.0.2.1", port: 5060 };
	const names = {
		callId: "c",
		local: "<sip:a@b>;tag=1",
		remote: "<sip:c@d>;tag=2",
		target: "sip:c@d",
		contact: "<sip:a@b>",
	};
	const dialog = { ...names, routes: [], localCseq: 1, peer };
	const keys = { AES_CM_128_HMAC_SHA1_80: "key" };
	await store.keepDialog({ participantId: "p", conversationId: "c", trunkId: "t", dialog, keys, isSecret: true });
	expect(await store.dialogs()).toEqual([expect.objectContaining({ keys, isSecret: true })]);
	const broken = sql`update sip_dialogs set dialog = jsonb_set(dialog, '{sealed}', '"AAAA"')`;
	await broken.execute(work.kernel.database.db);
	const [kept] = await store.dialogs();
	expect([kept?.keys, kept?.isSecret]).toEqual([undefined, true]);
});

it("two trunks of one name stood side by side", async () => {
	await call("POST", path, { ...good, name: "Twin" });
	expect((await call("POST", path, { ...good, name: "TWIN" })).status).toBe(409);
});

it("one password that could not be read any more kept everybody from all trunks", async () => {
	const broken = await call("POST", path, { ...good, name: "Broken" });
	const whole = await call("POST", path, { ...good, name: "Whole" });
	const breaking = sql`update sip_trunks set secret = '\\x00112233445566778899aabbccddeeff00112233445566778899'::bytea
		where id = ${broken.body.id}`;
	await breaking.execute(work.kernel.database.db);
	expect((await call("GET", path)).status).toBe(200);
	const found = await Promise.all([broken, whole].map(({ body }) => trunks.require(body.id)));
	expect(found.map(({ password, passwordLost }) => [password, passwordLost])).toEqual([
		[undefined, true],
		[good.password, undefined],
	]);
	const one = `${path}/${broken.body.id}`;
	const refused = await call("PUT", one, { priority: 3 });
	expect([refused.status, fieldOf(refused)]).toEqual([400, "password"]);
	expect(await call("PUT", one, { enabled: false }), "switched off at least").toMatchObject({ status: 200 });
	expect(await call("PUT", one, { password: "anew" })).toMatchObject({ status: 200, body: { hasPassword: true } });
	expect(await trunks.require(broken.body.id)).not.toHaveProperty("passwordLost");
});
