import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dncChanged } from "../outbound/events.ts";
import { type WholeServer, wholeServer } from "../test-support/whole-server.ts";
import { signInRefused } from "../users/events.ts";
import { codeAt } from "../users/second-factor/totp.ts";
import { fromEvent } from "./compose.ts";
import { pruneAudit } from "./retention.ts";
import { serviceMapping } from "./service-mapping.ts";
import type { auditView } from "./view.ts";

type Entry = ReturnType<typeof auditView>;
type Body = Record<string, unknown> & { entities: Entry[]; id: string; cursor?: string; total: number };

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
}, 120_000);
afterAll(() => server.close());

interface Asked {
	as?: string;
	body?: object;
	headers?: Record<string, string>;
}

async function ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, asked: Asked = {}) {
	const { as = "admin", body, headers } = asked;
	const answer = await server.http.inject({
		...{ method, url, headers: { authorization: `Bearer ${as}`, ...headers } },
		...(body ? { payload: body } : {}),
	});
	const text = answer.body;
	const read = text.startsWith("{") ? (answer.json() as Body) : ({} as Body);
	return { status: answer.statusCode, text, body: read, correlationId: String(answer.headers["inin-correlation-id"]) };
}

async function entriesOf(query: string): Promise<Entry[]> {
	return (await ask("GET", `/api/inlay/v1/audits?${query}`)).body.entities;
}

async function rename(queueId: string, name: string) {
	const { body } = await ask("GET", `/api/v2/routing/queues/${queueId}`);
	return ask("PUT", `/api/v2/routing/queues/${queueId}`, { body: { ...body, name } });
}

test("a change is told with who, what, before and after", async () => {
	const id = server.ids.queueId ?? "";
	const { correlationId, status } = await rename(id, "Sales West");
	expect(status).toBe(200);
	const [entry] = await entriesOf(`entityId=${id}&entityType=Queue`);
	expect(entry).toMatchObject({
		user: { id: server.ids.adminId, name: "Ada Admin" },
		...{ serviceName: "Routing", entityType: "Queue", action: "Update", status: "SUCCESS" },
		entity: { id, name: "Sales West", selfUri: `/api/v2/routing/queues/${id}` },
		context: { operation: "putRoutingQueue", correlationId },
	});
	expect(entry?.propertyChanges).toContainEqual({ property: "name", oldValues: ["Sales"], newValues: ["Sales West"] });
	expect(entry?.remoteIp).toHaveLength(1);
});

test.each([
	["İpek Öztürk", "ipek", "ozturk"],
	["ΟΔΥΣΣΕΥΣ ΝΙΚΟΣ", "οδυσσευς", "Νίκος"],
	["Große Æcker", "GROSSE", "aecker"],
])("an entry was not found by the name of %s as people write it, as a person is", async (name, ...words) => {
	expect((await rename(server.ids.queueId ?? "", name)).status).toBe(200);
	for (const word of [...words, name]) {
		const found = await entriesOf(`q=${encodeURIComponent(word)}`);
		expect(
			found.map(({ entity }) => entity?.name),
			word,
		).toContain(name);
	}
});

test("a part is told as its thing's, with the thing's name then", async () => {
	const { groupId = "", strangerId = "" } = server.ids;
	const { body: group } = await ask("GET", `/api/v2/groups/${groupId}`);
	const members = { memberIds: [strangerId], version: group.version };
	expect((await ask("POST", `/api/v2/groups/${groupId}/members`, { body: members })).status).toBe(202);
	const [entry] = await entriesOf(`entityId=${groupId}&q=members`);
	expect(entry?.entity.name).toBe("Team");
	expect(entry?.propertyChanges).toContainEqual({ property: "members", oldValues: [], newValues: [strangerId] });
});

test("what a change has done to other things is found by them as well", async () => {
	const { userId = "", skillId = "" } = server.ids;
	expect((await ask("DELETE", `/api/v2/routing/skills/${skillId}`)).status).toBeLessThan(300);
	const [entry] = await entriesOf(`entityId=${userId}&entityType=User`);
	expect(entry).toMatchObject({ action: "Delete", entityType: "Skill", entity: { id: skillId, name: "Returns" } });
	expect(entry?.entityChanges).toMatchObject([{ entityType: "User", entityId: userId }]);
});

test("what was refused left an entry", async () => {
	const before = (await ask("GET", "/api/inlay/v1/audits")).body.total;
	expect((await ask("POST", "/api/v2/routing/skills", { body: {} })).status).toBe(400);
	expect((await ask("GET", "/api/inlay/v1/audits")).body.total).toBe(before);
});

test("a password, a secret or a token stood in an entry", async () => {
	const marker = "Marker-Qz81-Secret";
	const { userId = "", clientId = "", domainId = "", addressId = "" } = server.ids;
	expect((await ask("POST", `/api/v2/users/${userId}/password`, { body: { newPassword: marker } })).status).toBe(204);
	const { text: secret } = await ask("POST", `/api/v2/oauth/clients/${clientId}/secret`);
	const smtp = { host: "mail.example", port: 587, user: "u", password: marker };
	await ask("PUT", `/api/inlay/v1/email/domains/${domainId}`, { body: { smtp } });
	const { body: address } = await ask("GET", `/api/inlay/v1/messaging/addresses/${addressId}`);
	await ask("PUT", `/api/inlay/v1/messaging/addresses/${addressId}`, {
		body: { ...address, settings: { webhookUrl: "https://x.example/", webhookSecret: marker } },
	});
	const { rows } = await sql<{ text: string }>`
		select audit_entries::text as text from audit_entries`.execute(server.kernel.database.db);
	const all = rows.map(({ text }) => text).join("\n");
	expect(all).not.toContain(marker);
	const given = /"secret":"([^"]+)"/.exec(secret)?.[1];
	if (given) expect(all).not.toContain(given);
	expect(all).not.toMatch(/\$argon2/);
	const [entry] = await entriesOf(`entityId=${userId}&q=password`);
	expect(entry?.propertyChanges).toContainEqual({
		...{ property: "password.passwordHash", oldValues: ["•••"], newValues: ["•••"] },
	});
});

test("who reads audits in one division is told of what is there, and nothing of the whole organization's", async () => {
	const { divisionId = "" } = server.ids;
	const made = await ask("POST", "/api/v2/routing/queues", { body: { name: "Far", division: { id: divisionId } } });
	const grants = [{ permission: "audits:audit:view", divisions: new Set([divisionId]) }];
	server.admit("far-auditor", { userId: server.ids.strangerId ?? "", grants });
	const { body, status } = await ask("GET", "/api/inlay/v1/audits?pageSize=500", { as: "far-auditor" });
	expect([status, body.entities.map(({ entity }) => entity.id)]).toEqual([200, [made.body.id]]);
	expect((await entriesOf("entityType=Organization&pageSize=1")).length).toBeLessThanOrEqual(1);
	server.admit("nobody", { userId: server.ids.strangerId ?? "", grants: [] });
	expect((await ask("GET", "/api/inlay/v1/audits", { as: "nobody" })).status).toBe(403);
	const related = { body: { auditId: (await entriesOf("pageSize=1&entityType=User"))[0]?.id } };
	const hidden = await ask("POST", "/api/v2/audits/query/realtime/related", { ...related, as: "far-auditor" });
	expect(hidden.status).toBe(404);
});

test("who read audits in one division was told of people of another, as they were imported in one request", async () => {
	const { divisionId = "" } = server.ids;
	const row = (name: string, division?: string) => ({
		...{ name, email: `${name.toLowerCase()}@example.com` },
		...(division ? { division } : {}),
	});
	const rows = [row("Near", divisionId), row("Hidden")];
	expect((await ask("POST", "/api/inlay/v1/users/import", { body: { rows } })).status).toBe(200);
	const grants = [{ permission: "audits:audit:view", divisions: new Set([divisionId]) }];
	server.admit("near-auditor", { userId: server.ids.strangerId ?? "", grants });
	const near = async (query: string) =>
		(await ask("GET", `/api/inlay/v1/audits?${query}`, { as: "near-auditor" })).body;
	const [entry] = (await near(`q=${encodeURIComponent("NËAR")}`)).entities;
	expect([entry?.entity.name, entry?.entityChanges]).toEqual(["Near", []]);
	const [whole] = await entriesOf("q=near");
	expect(whole?.entityChanges).toMatchObject([{ entityName: "Hidden" }]);
	const hiddenId = whole?.entityChanges[0]?.entityId;
	for (const query of [`entityId=${hiddenId}`, `entityId=${hiddenId}&entityType=User`, "q=hidden"])
		expect({ query, total: (await near(query)).total }).toEqual({ query, total: 0 });
	expect((await entriesOf(`entityId=${hiddenId}`)).length).toBeGreaterThan(0);
	const file = await ask("GET", "/api/inlay/v1/audits/export?format=json", { as: "near-auditor" });
	expect(file.text).not.toMatch(/hidden/i);
	const { rows: told } = await sql<{ body: string }>`select announcements::text as body from event_log
		where type = 'audit.written' order by xid desc, seq desc limit 2`.execute(server.kernel.database.db);
	expect(told.map(({ body }) => body).join()).not.toMatch(/hidden/i);
});

const interval = () => `2026-01-01T00:00:00Z/${new Date(Date.now() + 60_000).toISOString()}`;
const recent = () => `${new Date(Date.now() - 3_600_000).toISOString()}/${new Date(Date.now() + 60_000).toISOString()}`;

test("queries answer as the platform's: at once, and kept with a cursor", async () => {
	await rename(server.ids.queueId ?? "", "Sales North");
	await rename(server.ids.queueId ?? "", "Sales South");
	const filters = [{ property: "EntityId", value: server.ids.queueId }];
	const asked = { interval: recent(), serviceName: "Routing", filters };
	const now = await ask("POST", "/api/v2/audits/query/realtime", { body: { ...asked, pageSize: 2 } });
	expect(now.body.entities).toHaveLength(2);
	expect(now.body.total).toBeGreaterThan(2);
	const kept = await ask("POST", "/api/v2/audits/query", { body: asked });
	expect(kept.body).toMatchObject({ state: "Succeeded", serviceName: "Routing" });
	const seen: string[] = [];
	let cursor: string | undefined;
	do {
		const query = new URLSearchParams({ pageSize: "2", ...(cursor ? { cursor } : {}) });
		const { body } = await ask("GET", `/api/v2/audits/query/${kept.body.id}/results?${query}`);
		seen.push(...body.entities.map(({ id }) => id));
		cursor = body.cursor;
	} while (cursor);
	expect(seen).toHaveLength(now.body.total);
	expect(new Set(seen).size).toBe(seen.length);
	server.admit("other", { userId: server.ids.strangerId ?? "" });
	expect((await ask("GET", `/api/v2/audits/query/${kept.body.id}`, { as: "other" })).status).toBe(404);
});

test.each([
	["interval", () => ({ interval: interval() })],
	["interval", () => ({ interval: "yesterday" })],
	["filters", () => ({ interval: recent(), filters: [{ property: "Colour", value: "red" }] })],
	["filters", () => ({ interval: recent(), filters: [{ property: "constructor", value: "red" }] })],
	["sort", () => ({ interval: recent(), sort: [{ name: "Colour", sortOrder: "ascending" }] })],
	["filters", () => ({ interval: recent(), filters: [{ property: "Status", value: "MAYBE" }] })],
])("a query that cannot be answered is refused by its %s", async (field, body) => {
	const answer = await ask("POST", "/api/v2/audits/query/realtime", { body: body() });
	expect(answer.status).toBe(400);
	expect(answer.text).toContain(`"fieldName":"${field}"`);
});

test("an entry is announced on its thing's topic, to those who may read it", async () => {
	const { queueId = "" } = server.ids;
	await rename(queueId, "Sales East");
	const { rows } = await sql<{ told: Array<{ topics: string[]; visibleTo: unknown }> }>`select announcements as told
		from event_log where type = 'audit.written' order by xid desc, seq desc limit 1`.execute(server.kernel.database.db);
	const home = await server.services.authorization.homeDivisionId();
	expect(rows[0]?.told[0]).toMatchObject({
		topics: [`v2.audits.entitytype.Queue.entityid.${queueId}`],
		visibleTo: { divisionIds: [home] },
	});
});

test("sign-ins, and those that were refused, are entries", async () => {
	const { database, events } = server.kernel;
	const refusal = { reason: "wrong-password", address: "192.0.2.7", nameMark: "0a1b" } as const;
	await database.change((trx) => events.append(trx, [signInRefused(refusal)]));
	const [entry] = await entriesOf("serviceName=Login&status=FAILURE");
	expect(entry).toMatchObject({ action: "Authenticate", remoteIp: ["192.0.2.7"], level: "SYSTEM" });
	expect(entry?.context.reason).toBe("wrong-password");
});

test("a password chosen, or a second factor enrolled, on the sign-in pages left no entry", async () => {
	const { strangerId = "" } = server.ids;
	const { authentication, ...users } = server.services.users;
	const { passwords, secondFactor } = authentication;
	const before = await entriesOf(`entityId=${strangerId}&pageSize=100`);
	const proof = { userId: strangerId, version: await passwords.seen(strangerId) };
	expect(await passwords.choose(proof, "Chosen-Stapler-11")).toMatchObject({ userId: strangerId });
	const user = await users.get(strangerId);
	const { secret } = await secondFactor.offer(user);
	const code = codeAt(secret, server.kernel.clock.now());
	expect(await secondFactor.confirm(user, code, { address: "192.0.2.9" })).toMatchObject({ kind: "confirmed" });
	const after = await entriesOf(`entityId=${strangerId}&pageSize=100`);
	const told = { user: { id: strangerId }, serviceName: "Directory", entityType: "User", action: "Update" };
	expect(after.slice(0, after.length - before.length)).toMatchObject([
		{ ...told, propertyChanges: [{ property: "secondFactor", newValues: ["added"] }] },
		{ ...told, propertyChanges: [{ property: "password.passwordHash", newValues: ["•••"] }] },
	]);
});

test("a password, or a second factor, that somebody changes by the API is told once", async () => {
	const { adminId = "" } = server.ids;
	const count = async () => (await ask("GET", `/api/inlay/v1/audits?entityId=${adminId}`)).body.total;
	const before = await count();
	const passwords = { oldPassword: "Correct-Horse-7", newPassword: "Right-Battery-9" };
	expect((await ask("POST", "/api/v2/users/me/password", { body: passwords })).status).toBe(204);
	expect(await count()).toBe(before + 1);
	const offered = await ask("POST", "/api/inlay/v1/users/me/secondfactor", { body: { password: "Right-Battery-9" } });
	expect(await count()).toBe(before + 2);
	const code = codeAt(String(offered.body.secret), server.kernel.clock.now());
	const confirmed = await ask("POST", "/api/inlay/v1/users/me/secondfactor/confirm", { body: { code } });
	expect(confirmed.status).toBe(200);
	expect(await count()).toBe(before + 3);
});

test.each([{ userId: "u1" }, { clientId: "c1" }])("the mapping named another service for a sign-out of %j", (data) => {
	const { main, action } = fromEvent({ type: "token.revoked", entityType: "token", entityId: "t1", data });
	const { service, entityType } = main.subject;
	const entities = serviceMapping().services.find(({ name }) => name === service)?.entities;
	expect(entities?.find(({ name }) => name === entityType)?.actions).toContain(action);
});

test("numbers put on a do-not-contact list were told as a list that was made", () => {
	const { main, action } = fromEvent(dncChanged("l1", "added", 3));
	expect([main.subject.service, main.subject.entityType, action]).toEqual(["Outbound", "DNCList", "Update"]);
	expect(main.changes).toContainEqual({ property: "change", oldValues: [], newValues: ["added"] });
});

test("an entry, or a kept query, is asked for by an id that can be none, or in capital letters", async () => {
	const [entry] = await entriesOf("pageSize=1&entityType=Queue");
	const related = (auditId = "") => ask("POST", "/api/v2/audits/query/realtime/related", { body: { auditId } });
	expect((await related("1 or 1=1")).status).toBe(404);
	expect((await related(entry?.id.toUpperCase())).status).toBe(200);
	expect((await ask("GET", "/api/v2/audits/query/none")).status).toBe(404);
});

test("a file opens as what it is: no name in it is a formula; and who took it is an entry", async () => {
	await rename(server.ids.queueId ?? "", "=1+2");
	const { text } = await ask("GET", "/api/inlay/v1/audits/export?format=csv&entityType=Queue");
	expect(text).toContain(",'=1+2,");
	expect(text).not.toContain(",=1+2");
	const json = await ask("GET", "/api/inlay/v1/audits/export?format=json&entityType=Queue");
	expect(JSON.parse(json.text)[0].entity.name).toBe("=1+2");
	const [entry] = await entriesOf("action=Export");
	expect(entry?.context).toMatchObject({ format: "json", entityType: "Queue" });
});

test("entries go when their time is over, and not before", async () => {
	const { database } = server.kernel;
	const total = async () => (await ask("GET", "/api/inlay/v1/audits")).body.total;
	const before = await total();
	const { body } = await ask("GET", "/api/inlay/v1/audits/settings");
	expect((await ask("PUT", "/api/inlay/v1/audits/settings", { body: { retentionDays: 5 } })).status).toBe(400);
	const set = { retentionDays: 30, version: body.version };
	expect((await ask("PUT", "/api/inlay/v1/audits/settings", { body: set })).status).toBe(200);
	expect((await ask("PUT", "/api/inlay/v1/audits/settings", { body: set })).status).toBe(409);
	await sql`update audit_entries set at = at - interval '31 days' where action = 'Export'`.execute(database.db);
	const exports = (await entriesOf("action=Export&pageSize=100")).length;
	expect(exports).toBeGreaterThan(0);
	expect(await pruneAudit(server.kernel, server.services.audit)).toBe(exports);
	expect(await total()).toBe(before + 1 - exports);
});
