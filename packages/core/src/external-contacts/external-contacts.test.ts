import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callRoutes } from "../conversations/call/routes.ts";
import { restMediaConversation } from "../conversations/projection/flat.ts";
import { restConversation } from "../conversations/projection/generic.ts";
import { conversationEvent } from "../conversations/projection/generic-event.ts";
import { conversationWorld } from "../conversations/test-support/world.ts";
import { contactsOfPastJob, timelineMigrations } from "../conversations/timeline/store.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { DivisionSet, Principal } from "../kernel/principal.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { contactStore } from "./contact-store.ts";
import { createExternalContacts, type ExternalContacts } from "./contacts.ts";
import type { ImportRights } from "./import-slices.ts";
import type { Contact } from "./model.ts";
import type { ContactReading } from "./recognition.ts";
import { externalContactRoutes } from "./routes.ts";

type Body = Record<string, unknown> & { id: string; entities: Body[]; contacts: Body[]; total: number };

const directory = {
	homeDivisionId: async () => "home",
	divisions: {
		list: async () => ["home", "north"].map((id) => ({ id, name: id })),
		requireStanding: async () => {},
		addCounter: () => {},
	},
};
const inNorth = (...permissions: string[]): Principal =>
	testPrincipal({
		userId: "nora",
		grants: permissions.map((permission) => ({ permission, divisions: new Set(["north"]) })),
	});

/** Who reads contacts where, and who is in which queue. */
const readers = new Map<string, DivisionSet>();
const members = new Map<string, string[]>();
const reading: ContactReading & ImportRights = {
	isActive: async () => true,
	async divisionsOfAll(_trx, ids) {
		const limited = ids.map((id) => readers.get(id) ?? "all").filter((one) => one !== "all");
		if (ids.length > 0 && limited.length === 0) return "all";
		return new Set([...(limited[0] ?? [])].filter((id) => limited.every((one) => one.has(id))));
	},
	membersOf: async (_trx, queueId) => members.get(queueId) ?? [],
};

let world: Awaited<ReturnType<typeof conversationWorld>>;
let external: ExternalContacts;
let api: TestApi;

beforeAll(async () => {
	world = await conversationWorld((kernel) => {
		external = createExternalContacts(kernel, { directory, reading, country: async () => "DE" });
		return { contacts: external.recognised };
	});
	const writersOf = async () => new Map([["ada", { name: "Ada", version: 1 }]]);
	const routes = externalContactRoutes(external, world.conversations, { directory, writersOf });
	api = await testApi(routes, {
		ada: testPrincipal({ userId: "ada" }),
		nora: inNorth("externalContacts:contact:view", "externalContacts:contact:add"),
		old: inNorth("relate:contact:view"),
	});
});
afterAll(async () => {
	await api.close();
	await world.close();
});

async function ask(method: string, path: string, body?: object, as = "ada"): Promise<{ status: number; body: Body }> {
	const headers = { "content-type": "application/json" };
	const options = { as, ...(body ? { body, headers } : {}) };
	const answer = await api.call(method, `/api/v2/externalcontacts${path}`, options);
	return { status: answer.statusCode, body: answer.body ? answer.json() : ({} as Body) };
}

async function made(contact: object): Promise<string> {
	const { status, body } = await ask("POST", "/contacts", contact);
	expect(status, JSON.stringify(body)).toBe(200);
	return body.id;
}

const namesFor = async (q: string) =>
	(await ask("GET", `/contacts?q=${encodeURIComponent(q)}`)).body.entities.map((one) => one.lastName);

test("a contact was found by the first name before the last one only, or by its accents only", async () => {
	const { body: acme } = await ask("POST", "/organizations", { name: "Straßenbau Łódź" });
	await made({ firstName: "José", lastName: "Núñez Ødegaard", externalOrganization: { id: acme.id } });
	await made({ firstName: "Josefine", lastName: "Nunavut", workEmail: "jn@north.example" });
	expect(await namesFor("jose nunez")).toEqual(["Núñez Ødegaard"]);
	expect(await namesFor("NÚÑEZ jos")).toEqual(["Núñez Ødegaard"]);
	expect(await namesFor("odegaard")).toEqual(["Núñez Ødegaard"]);
	expect(await namesFor("strassen lodz")).toEqual(["Núñez Ødegaard"]);
	expect(await namesFor("jn@north")).toEqual(["Nunavut"]);
	expect(await namesFor("nun jos")).toEqual(["Nunavut", "Núñez Ødegaard"]);
	expect(await namesFor("' | *")).toEqual([]);
	await ask("PUT", `/organizations/${acme.id}`, { name: "Tiefbau" });
	expect(await namesFor("strassen")).toEqual([]);
	expect(await namesFor("tiefbau")).toEqual(["Núñez Ødegaard"]);
});

test("an organization could not be deleted; its contacts stay, by its name nobody is found", async () => {
	const { body: acme } = await ask("POST", "/organizations", { name: "Vanishing Works" });
	const id = await made({ lastName: "Stayer", externalOrganization: { id: acme.id } });
	const { body: before } = await ask("GET", `/contacts/${id}`);
	expect((await ask("DELETE", `/organizations/${acme.id}`, undefined, "nora")).status).toBe(403);
	expect((await ask("DELETE", `/organizations/${acme.id}`)).status).toBe(200);
	expect((await ask("DELETE", `/organizations/${acme.id}`)).status).toBe(404);
	const { body: after } = await ask("GET", `/contacts/${id}`);
	expect([before.externalOrganization, after.externalOrganization]).toMatchObject([{ id: acme.id }, undefined]);
	expect(await namesFor("vanishing")).toEqual([]);
	expect(await namesFor("stayer")).toEqual(["Stayer"]);
	expect((await ask("GET", "/organizations?q=vanishing")).body.total).toBe(0);
});

test("a number was found only as it had been written", async () => {
	await made({ lastName: "Lang", cellPhone: { userInput: "0151 555-01234" } });
	for (const typed of ["+49 151 555", "0049 151 55501234", "015155501", "0151 555-01234"])
		expect(await namesFor(typed), typed).toEqual(["Lang"]);
	const look = async (value: string, as?: string) =>
		(await ask("GET", `/reversewhitepageslookup?lookupVal=${encodeURIComponent(value)}`, undefined, as)).body.contacts;
	expect(await look("(0151) 55501234")).toMatchObject([{ lastName: "Lang", cellPhone: { e164: "+4915155501234" } }]);
	expect(await look("015155501")).toEqual([]);
	expect(await look("JN@North.example")).toMatchObject([{ lastName: "Nunavut" }]);
	for (let n = 0; n < 26; n++) await made({ lastName: `Family ${n}`, homePhone: { e164: "+4930123000" } });
	expect(await look("030 123000")).toHaveLength(25);
	expect(await look("030 123000", "nora")).toEqual([]);
});

test("a contact of another division was seen, or put there, by who may only in theirs", async () => {
	const id = await made({ lastName: "Southerly" });
	const there = await made({ lastName: "Northerly", division: { id: "north" } });
	expect((await ask("GET", `/contacts/${id}`, undefined, "nora")).status).toBe(403);
	for (const as of ["nora", "old"]) {
		expect((await ask("GET", `/contacts/${there}`, undefined, as)).body.lastName).toBe("Northerly");
		expect((await ask("GET", "/contacts?pageSize=500", undefined, as)).body.entities).toMatchObject([{ id: there }]);
		expect((await ask("GET", "/contacts?divisionIds=home", undefined, as)).body.total).toBe(0);
	}
	expect((await ask("POST", "/contacts", { lastName: "Ny" }, "nora")).status).toBe(403);
	expect((await ask("POST", "/contacts", { lastName: "Ny", division: { id: "north" } }, "nora")).status).toBe(200);
	expect((await ask("POST", "/contacts", { lastName: "Ny", division: { id: "north" } }, "old")).status).toBe(403);
	expect((await ask("DELETE", `/contacts/${there}`, undefined, "nora")).status).toBe(403);
	const { body: foreign } = await ask("POST", "/organizations", { name: "Far away" });
	expect((await ask("GET", `/organizations/${foreign.id}/contacts`, undefined, "nora")).status).toBe(403);
});

test("a field was changed that the patch had told to leave", async () => {
	const id = await made({ firstName: "Pat", address: { city: "Kiel" }, workPhone: { e164: "+493012345" } });
	const patch = (...changes: object[]) => ask("PATCH", `/contacts/${id}`, { changes });
	const { body } = await patch(
		{ field: "$.firstName", action: "UpdateIfEmpty", value: "No" },
		{ field: "$.title", action: "UpdateIfExists", value: "No" },
		{ field: "$.lastName", action: "UpdateIfEmpty", value: "Chen" },
		{ field: "$.address.postalCode", action: "Update", value: "24103" },
		{ field: "$.workPhone.e164", action: "Update", value: "+493054321" },
	);
	expect(body).toMatchObject({
		...{ firstName: "Pat", lastName: "Chen", address: { city: "Kiel", postalCode: "24103" } },
		workPhone: { e164: "+493054321", display: "030 54321" },
	});
	expect(body.title).toBeUndefined();
	const both = [
		{ field: "$.address", action: "Remove" },
		{ field: "$.address.city", action: "Update", value: "Bonn" },
	];
	expect((await patch(...both)).status).toBe(409);
	expect((await patch({ field: "$.version", action: "Update", value: 9 })).status).toBe(400);
	expect((await patch({ field: "$.firstName", action: "Update", value: 9 })).status).toBe(400);
	expect((await patch({ field: "$.firstName", action: "AppendToCollection", value: "x" })).status).toBe(400);
	expect((await patch({ field: "$.address", action: "Remove" })).body.address).toBeUndefined();
});

test("what cannot be called, mailed or opened was kept", async () => {
	const refused = async (contact: object, field: string) => {
		const { status, body } = await ask("POST", "/contacts", contact);
		expect({ status, field: (body.details as Body[])[0]?.fieldName }).toEqual({ status: 400, field });
	};
	await refused({}, "lastName");
	await refused({ lastName: "X", workPhone: { e164: "call me" } }, "workPhone");
	await refused({ lastName: "X", workPhone: { acceptsSMS: true } }, "workPhone");
	// A number of Berlin, kept by an organization in the States, was another one of theirs.
	await refused({ lastName: "X", cellPhone: { userInput: "0151 555105", countryCode: "US" } }, "cellPhone");
	await refused({ lastName: "X", workEmail: "x" }, "workEmail");
	await refused({ lastName: "X", externalSystemUrl: "javascript:alert(1)" }, "externalSystemUrl");
	await refused({ lastName: "X", externalOrganization: { id: "nobody" } }, "externalOrganization.id");
	await refused({ lastName: "X", surveyOptOut: true }, "surveyOptOut");
});

test("two people changed a contact at once, and the second one won unseen", async () => {
	const id = await made({ lastName: "Twice" });
	const read = await api.call("GET", `/api/v2/externalcontacts/contacts/${id}`, { as: "ada" });
	const put = (lastName: string) =>
		api.call("PUT", `/api/v2/externalcontacts/contacts/${id}`, {
			as: "ada",
			headers: { "if-match": String(read.headers.etag), "content-type": "application/json" },
			body: { lastName },
		});
	expect((await put("First")).statusCode).toBe(200);
	expect((await put("Second")).statusCode).toBe(409);
});

test("a note was there, and nobody knew whose", async () => {
	const id = await made({ lastName: "Noted" });
	await ask("POST", `/contacts/${id}/notes`, { noteText: "Prefers mornings" });
	await ask("POST", `/contacts/${id}/notes`, { noteText: "Moved" });
	const { body } = await ask("GET", `/contacts/${id}/notes`);
	expect(body.entities).toMatchObject([
		{ noteText: "Moved", createdBy: { id: "ada", name: "Ada" } },
		{ noteText: "Prefers mornings" },
	]);
	expect((await ask("POST", `/contacts/${id}/notes`, { noteText: "Mine" }, "nora")).status).toBe(403);
});

async function callFrom(address: string) {
	const queue = await world.queue();
	return world.conversations.calls.startInboundCall({
		customer: { name: "WIRELESS CALLER", address },
		...{ dnis: "+31800", queueId: queue.id, provider: "test" },
	});
}

test("a caller whose number one contact has was a number; one of two was guessed", async () => {
	const id = await made({ firstName: "Carol", lastName: "Baker", cellPhone: { e164: "+491705550001" } });
	const call = await callFrom("tel:+491705550001");
	expect(call.participants[0]).toMatchObject({ name: "Carol Baker", aniName: "Carol Baker", externalContactId: id });
	await made({ firstName: "Bob", lastName: "Baker", homePhone: { e164: "+491705550001" } });
	const second = await callFrom("+491705550001");
	expect(second.participants[0]).toMatchObject({ name: "WIRELESS CALLER" });
	expect(second.participants[0]?.externalContactId).toBeUndefined();
});

test("of a caller whose contact belongs to an organization nobody was told which: REST, events and the call's own shape", async () => {
	const { body: acme } = await ask("POST", "/organizations", { name: "Callers & Sons" });
	const [cellPhone, organization] = [{ e164: "+491705550021" }, { id: acme.id }];
	const id = await made({ lastName: "Belongs", cellPhone, externalOrganization: organization });
	const call = await callFrom("+491705550021");
	const link = { externalContactId: id, externalOrganizationId: acme.id };
	expect(call.participants[0]).toMatchObject(link);
	expect(restConversation(call).participants[0]).toMatchObject(link);
	expect(conversationEvent(call).participants[0]).toMatchObject(link);
	const { externalContact, externalOrganization } = restMediaConversation(call).participants[0] ?? {};
	expect([externalContact?.id, externalOrganization]).toEqual([
		id,
		{ id: acme.id, selfUri: `/api/v2/externalcontacts/organizations/${acme.id}` },
	]);
	const alone = await made({ lastName: "Alone" });
	const communicationId = call.participants[0]?.calls?.[0]?.id;
	const associate = (more: object) =>
		ask("PUT", `/conversations/${call.id}`, { conversationId: call.id, communicationId, mediaType: "CALL", ...more });
	const party = async () => (await world.conversations.get(call.id))?.participants[0];
	for (const [contact, organizationId] of [[alone], [id, acme.id], [undefined]]) {
		expect((await associate(contact ? { externalContactId: contact } : {})).status).toBe(202);
		expect((await party())?.externalOrganizationId).toBe(organizationId);
	}
});

test("a queue was told the name of a caller who is a contact of another division", async () => {
	const id = await made({ lastName: "Hidden", division: { id: "north" }, cellPhone: { e164: "+491705550010" } });
	const arrives = async (divisionId: string, people: Array<[string, DivisionSet]> = []) => {
		const queue = await world.queue(undefined, divisionId);
		for (const [userId, divisions] of people) readers.set(userId, divisions);
		members.set(
			queue.id,
			people.map(([userId]) => userId),
		);
		const customer = { name: "WIRELESS CALLER", address: "+491705550010" };
		const call = { customer, dnis: "+31800", queueId: queue.id, provider: "test" };
		return (await world.conversations.calls.startInboundCall(call)).participants[0]?.name;
	};
	const north = new Set(["north"]);
	expect(await arrives("north")).toBe("Hidden");
	expect(await arrives("home")).toBe("WIRELESS CALLER");
	expect(await arrives("home", [["all", "all"]])).toBe("Hidden");
	expect(
		await arrives("home", [
			["all", "all"],
			["northern", north],
		]),
	).toBe("Hidden");
	expect(
		await arrives("home", [
			["northern", north],
			["nobody", new Set()],
		]),
	).toBe("WIRELESS CALLER");
	// Nor is it found out by a doubt that there is one.
	const own = await made({ lastName: "Own", cellPhone: { e164: "+491705550010" } });
	expect(await arrives("home")).toBe("Own");
	for (const contact of [id, own]) await ask("DELETE", `/contacts/${contact}`);
});

test("a caller who is a contact was a number where a hundred whom the queue may not read have the same one", async () => {
	const at = new Date();
	const many: Contact[] = Array.from({ length: 101 }, (_, n) => ({
		...{ id: randomUUID(), divisionId: "north", version: 1, createdAt: at, modifiedAt: at },
		value: { lastName: `Switchboard ${n}`, workPhone: { e164: "+491705550012", display: "0170 5550012" } },
	}));
	const { database } = world.kernel;
	await database.change((trx) => contactStore(database.db).insert(trx, many));
	expect((await callFrom("+491705550012")).participants[0]?.name).toBe("WIRELESS CALLER");
	await made({ lastName: "Desk", workPhone: { e164: "+491705550012" } });
	expect((await callFrom("+491705550012")).participants[0]?.name).toBe("Desk");
	await made({ lastName: "Second", workPhone: { e164: "+491705550012" } });
	expect((await callFrom("+491705550012")).participants[0]?.name).toBe("WIRELESS CALLER");
});

test("a number that tens of thousands have was looked up by reading them all; a contact that moved was known where it had been", async () => {
	const at = new Date();
	const phone = { workPhone: { e164: "+491705550013", display: "0170 5550013" } };
	const many: Contact[] = Array.from({ length: 20_000 }, (_, n) => ({
		...{ id: randomUUID(), divisionId: n % 2 ? "north" : "south", version: 1, createdAt: at, modifiedAt: at },
		value: { lastName: `Switchboard ${n}`, ...phone },
	}));
	const { database } = world.kernel;
	const store = contactStore(database.db);
	await database.change((trx) => store.insert(trx, many));
	const found = await database.change(async (trx) => {
		const before = await rowsRead(trx);
		const candidates = await store.candidates(trx, ["+491705550013"]);
		expect((await rowsRead(trx)) - before).toBeLessThan(100);
		return candidates;
	});
	expect(found.map((one) => one.divisionId).toSorted()).toEqual(["north", "north", "south", "south"]);
	const id = await made({ lastName: "Mover", cellPhone: { e164: "+491705550014" }, division: { id: "north" } });
	const { body } = await ask("GET", `/contacts/${id}`);
	await ask("PUT", `/contacts/${id}`, { ...body, division: { id: "home" } });
	expect((await callFrom("+491705550014")).participants[0]?.name).toBe("Mover");
});

/** Rows that this transaction has fetched from the contacts and what they are looked up by. */
async function rowsRead(trx: Trx): Promise<number> {
	const { rows } = await sql<{ read: number }>`select sum(seq_tup_read + idx_tup_fetch)::int as read
		from pg_stat_xact_user_tables where relname in ('external_contacts', 'external_contact_points')`.execute(trx);
	return rows[0]?.read ?? 0;
}

test("whoever may dial found out whose number it is in a division that they do not read", async () => {
	await made({ lastName: "Hidden", division: { id: "north" }, cellPhone: { e164: "+491705550011" } });
	const named = async (divisions: DivisionSet) => {
		const userId = await world.agent((await world.queue()).id);
		readers.set(userId, divisions);
		const call = await world.conversations.calls.dial({ userId, phoneNumber: "+491705550011" });
		return call.internal.next?.kind === "outside" ? call.internal.next.name : undefined;
	};
	expect(await named(new Set(["home"]))).toBeUndefined();
	expect(await named(new Set(["home", "north"]))).toBe("Hidden");
});

test("somebody was told to be a contact, and stayed a number in what everybody is told", async () => {
	const id = await made({ firstName: "Dora", lastName: "Lind" });
	const call = await callFrom("+491705550002");
	const place = { conversationId: call.id, communicationId: call.participants[0]?.calls?.[0]?.id, mediaType: "CALL" };
	const associate = (more: object) => ask("PUT", `/conversations/${call.id}`, { ...place, ...more });
	expect((await associate({ externalContactId: id })).status).toBe(202);
	const party = async () => (await world.conversations.get(call.id))?.participants[0];
	expect(await party()).toMatchObject({ name: "Dora Lind", externalContactId: id });
	expect((await associate({ externalContactId: "nobody" })).status).toBe(400);
	expect((await associate({ mediaType: "EMAIL" })).status).toBe(400);
	expect((await associate({ communicationId: "nothing" })).status).toBe(404);
	expect((await associate({})).status).toBe(202);
	expect(await party()).toMatchObject({ name: "WIRELESS CALLER", aniName: "WIRELESS CALLER" });
	expect((await party())?.externalContactId).toBeUndefined();
	await associate({ externalContactId: id });
	expect((await ask("DELETE", `/contacts/${id}`)).status).toBe(200);
	expect((await ask("GET", `/contacts/${id}`)).status).toBe(404);
	// History stays: who took part is still called so.
	expect(await party()).toMatchObject({ name: "Dora Lind", externalContactId: id });
});

test("who is called had no name although one contact has the number, and a contact that is none was called", async () => {
	const id = await made({ firstName: "Finn", lastName: "Holm", otherPhone: { e164: "+491705550003" } });
	const queue = await world.queue();
	const userId = await world.agent(queue.id);
	const dial = (more: object) => world.conversations.calls.dial({ userId, phoneNumber: "+491705550003", ...more });
	await expect(dial({ externalContactId: "nobody" })).rejects.toMatchObject({
		options: { details: [{ fieldName: "externalContactId" }] },
	});
	const call = await dial({});
	const connected = await world.conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	expect(connected.participants.at(-1)).toMatchObject({ name: "Finn Holm", externalContactId: id });
});

test("whoever may dial was told the name of a contact of another division, and which ids there are", async () => {
	const id = await made({ firstName: "Sela", lastName: "Hidden", division: { id: "north" } });
	const userId = await world.agent((await world.queue()).id);
	const dialling = { permission: "conversation:call:add", divisions: "all" as const };
	const seeing = (permission: string, division: string) =>
		testPrincipal({ userId, grants: [dialling, { permission, divisions: new Set([division]) }] });
	const calls = await testApi(callRoutes(world.conversations), {
		home: seeing("externalContacts:contact:view", "home"),
		north: seeing("relate:contact:view", "north"),
	});
	const dial = async (as: string, externalContactId: string) => {
		const headers = { "content-type": "application/json" };
		const body = { phoneNumber: "+491705550009", externalContactId };
		const { statusCode, json } = await calls.call("POST", "/api/v2/conversations/calls", { as, body, headers });
		return [statusCode, json().message?.replace(externalContactId, "…")];
	};
	const unknown = await dial("home", "nobody");
	expect(unknown).toEqual([400, "No external contact with id …."]);
	expect(await dial("home", id)).toEqual(unknown);
	expect(await dial("north", id)).toEqual([202, undefined]);
	await calls.close();
});

test("a change of a contact was told to nobody, or beyond its division", async () => {
	const id = await made({ lastName: "Told", division: { id: "north" } });
	const events = await world.kernel.told();
	const told = events.filter((one) => one.entityId === id).flatMap((one) => one.announcements ?? []);
	expect(told).toMatchObject([
		{
			topics: [`v2.externalcontacts.contacts.${id}`],
			eventBody: { id, lastName: "Told", division: { id: "north" } },
			visibleTo: { divisionIds: ["north"] },
		},
	]);
});

test("two contacts who were one person could not be made one: what one lacks the other gives, and both ids lead there", async () => {
	const { body: acme } = await ask("POST", "/organizations", { name: "Merge & Sons" });
	const target = await made({
		...{
			firstName: "Merle",
			lastName: "Merge",
			cellPhone: { e164: "+4915100000301" },
			workEmail: "merle@merge.example",
		},
	});
	const source = await made({
		...{ firstName: "M.", lastName: "Merge", title: "Owner", externalOrganization: { id: acme.id } },
		...{
			cellPhone: { e164: "+4915100000302" },
			workPhone: { e164: "+4915100000303" },
			homePhone: { e164: "+4930000304" },
		},
		...{ otherPhone: { e164: "+4930000305" }, workEmail: "MERLE@merge.example", otherEmail: "m@merge.example" },
	});
	await ask("POST", `/contacts/${source}/notes`, { noteText: "Likes lamps" });
	const wish = { sourceContactId: source, targetContactId: target };
	expect((await ask("POST", "/merge/contacts", wish, "nora")).status).toBe(403);
	expect((await ask("POST", "/merge/contacts", { ...wish, sourceContactId: target })).status).toBe(400);
	const { status, body } = await ask("POST", "/merge/contacts", wish);
	expect([status, body]).toMatchObject([200, { resultingContact: { id: target }, sourceContact: { id: source } }]);
	const { body: now } = await ask("GET", `/contacts/${source}`);
	expect(now).toMatchObject({
		...{ id: target, firstName: "Merle", title: "Owner", externalOrganization: { id: acme.id } },
		...{ cellPhone: { e164: "+4915100000301" }, workPhone: { e164: "+4915100000303" } },
		...{ workEmail: "merle@merge.example", otherEmail: "m@merge.example" },
	});
	const notes = (await ask("GET", `/contacts/${target}/notes`)).body.entities.map(({ noteText }) => noteText);
	expect(notes).toEqual(["M. Merge\n01510 0000302", "Likes lamps"]);
	expect((await ask("GET", "/reversewhitepageslookup?lookupVal=%2B4930000305")).body.contacts).toMatchObject([
		{ id: target },
	]);
	// By the id of before it is read and changed as by its own.
	expect((await ask("GET", `/contacts/${source}/notes`)).body.total).toBe(2);
	expect((await ask("POST", `/contacts/${source}/notes`, { noteText: "Called" })).status).toBe(200);
	const patch = { changes: [{ field: "$.title", action: "Update", value: "Heir" }] };
	expect((await ask("PATCH", `/contacts/${source}`, patch)).body).toMatchObject({ id: target, title: "Heir" });
	const put = await ask("PUT", `/contacts/${source}`, { ...now, title: "Chair" });
	expect([put.status, put.body.id, put.body.title]).toEqual([200, target, "Chair"]);
	const byIds = { operation: { simpleSearch: { ids: [source, target] } } };
	expect((await ask("POST", "/contacts/search", byIds)).body.entities).toMatchObject([{ id: target, title: "Chair" }]);
	const third = await made({ lastName: "Merge", homePhone: { e164: "+4930000309" } });
	await ask("POST", "/merge/contacts", { sourceContactId: target, targetContactId: third });
	expect((await ask("GET", `/contacts/${source}`)).body.id).toBe(third);
	expect((await ask("GET", `/contacts/${source}/notes`)).body.total).toBe(4);
	expect((await ask("DELETE", `/contacts/${source}`)).status).toBe(200);
	for (const id of [source, target, third]) expect((await ask("GET", `/contacts/${id}`)).status).toBe(404);
});

const importing = async (body: object, as = "ada") => {
	const answer = await api.call("POST", "/api/inlay/v1/externalcontacts/import", { as, body });
	return { status: answer.statusCode, ...answer.json() };
};

test("contacts came in one by one: a file comes in whole or not at all, and whoever is there is passed over or completed", async () => {
	const before = await made({ lastName: "Import", cellPhone: { e164: "+4915100000401" } });
	const rows = [
		{ firstName: "Ina", lastName: "Import", cellPhone: "0151 00000401", organization: "Import Ltd" },
		{ lastName: "Second", workEmail: "second@import.example", organization: "import ltd" },
		{ lastName: "Twin", workEmail: "SECOND@import.example" },
	];
	const bad: object[] = [...rows, { lastName: "Bad", cellPhone: "12" }, { organization: "Nobody's" }];
	bad.push({ lastName: "Long", organization: "x".repeat(2_000) });
	const seen = await importing({ rows: bad, preview: true });
	expect(seen).toMatchObject({ status: 200, created: 1, skipped: 2 });
	expect(seen.faults.map(({ row, fieldName }: { row: number; fieldName: string }) => [row, fieldName])).toEqual([
		[3, "cellPhone"],
		[4, "lastName"],
		// The name of a company that could not be made by hand was fine in the preview.
		[5, "organization"],
	]);
	expect(await importing({ rows: bad })).toMatchObject({ status: 400, code: "import.refused" });
	expect(await namesFor("second@import.example")).toEqual([]);
	expect((await importing({ rows }, "old")).status).toBe(403);
	expect(await importing({ rows, existing: "complete" })).toMatchObject({
		created: 1,
		completed: 2,
		skipped: 0,
		faults: [],
	});
	expect((await ask("GET", `/contacts/${before}`)).body).toMatchObject({
		...{ firstName: "Ina", externalOrganization: { name: "Import Ltd" } },
	});
	expect(await namesFor("second@import.example")).toEqual(["Second"]);
	const { body: companies } = await ask("GET", "/organizations?q=import");
	expect(companies.entities.map(({ name }) => name)).toEqual(["Import Ltd"]);
	expect(await importing({ rows })).toMatchObject({ created: 0, skipped: 3 });
	expect(await importing({ rows: rows.slice(1, 2), existing: "add" })).toMatchObject({ created: 1 });
	expect(await namesFor("second@import.example")).toEqual(["Second", "Second"]);
});

test("one mark that nobody sees refused a whole file, and a company from before names were tidied was made a second time", async () => {
	const rows = [
		{ firstName: "Ina\u200b", lastName: "Seen\u00a0Mark", cellPhone: "\u202a+49 151 00000455\u202c" },
		{ lastName: "Company\nMark", organization: "Mark\u200b  GmbH" },
		{ lastName: "Same Mark", organization: "Mark GmbH" },
		{ lastName: "Joined Mark", organization: "علی\u200cرضا Mark" },
		{ lastName: "\u200b", organization: "\u200b" },
	];
	expect(await importing({ rows: rows.slice(0, 4) })).toMatchObject({ status: 200, created: 4, faults: [] });
	expect(await importing({ rows: rows.slice(4) })).toMatchObject({ status: 400, code: "import.refused" });
	const named = async () => (await ask("GET", "/organizations?q=mark")).body.entities.map(({ name }) => name).sort();
	expect(await named()).toEqual(["Mark GmbH", "علی\u200cرضا Mark"]);
	expect(await namesFor("+4915100000455")).toEqual(["Seen Mark"]);
	const { db } = world.kernel.database;
	await sql`update external_organizations set name = 'Mark  GmbH' where name = 'Mark GmbH'`.execute(db);
	expect(await importing({ rows: [{ lastName: "Later Mark", organization: "MARK  GmbH" }] })).toMatchObject({
		created: 1,
	});
	expect(await named()).toEqual(["Mark  GmbH", "علی\u200cرضا Mark"]);
});

test("a file that was sent twice at once made everybody in it twice, and their companies", async () => {
	const rows = Array.from({ length: 20 }, (_, n) => ({
		...{ lastName: `Twofold ${n}`, workEmail: `n${n}@twofold.example`, organization: `Twofold ${n % 2}` },
	}));
	const both = await Promise.all([importing({ rows }), importing({ rows })]);
	expect(both.map(({ created, skipped }) => [created, skipped]).sort()).toEqual([
		[0, 20],
		[20, 0],
	]);
	expect((await ask("GET", "/contacts?q=twofold&pageSize=100")).body.total).toBe(20);
	expect((await ask("GET", "/organizations?q=twofold")).body.total).toBe(2);
});

test("a number of a file that found no room in who is there was lost; now it is noted, once", async () => {
	const phones = (from: number) => ({
		...{ cellPhone: `+49151000005${from}`, workPhone: `+49151000005${from + 1}` },
		...{ homePhone: `+49151000005${from + 2}`, otherPhone: `+49151000005${from + 3}` },
	});
	const both = { workEmail: "full@room.example" };
	const rows = [{ lastName: "Room", ...phones(10), ...both }];
	expect(await importing({ rows })).toMatchObject({ created: 1 });
	const more = [{ cellPhone: "+4915100000521", homePhone: "+4915100000522", ...both }];
	for (let time = 0; time < 2; time++)
		expect(await importing({ rows: more, existing: "complete" })).toMatchObject({ completed: 1 });
	const [found] = (await ask("GET", "/contacts?q=full@room.example")).body.entities;
	const notes = (await ask("GET", `/contacts/${found?.id}/notes`)).body.entities;
	expect(notes.map(({ noteText }) => noteText)).toEqual(["+4915100000521\n+4915100000522"]);
});

test("of two who have a number the one that came later was completed", async () => {
	const phone = { cellPhone: { e164: "+4915100000601" } };
	const first = await made({ lastName: "Elder", ...phone });
	world.kernel.clock.advance(1_000);
	await made({ lastName: "Younger", ...phone });
	const rows = [{ title: "Head", cellPhone: "+4915100000601" }];
	expect(await importing({ rows, existing: "complete" })).toMatchObject({ completed: 1 });
	expect((await ask("GET", `/contacts/${first}`)).body).toMatchObject({ lastName: "Elder", title: "Head" });
});

test("what one contact had written and called by different addresses did not meet: not after a merge, nor of the past, and a wrong one stayed", async () => {
	const [cellPhone, workPhone] = [{ e164: "+491705550101" }, { e164: "+491705550102" }];
	const ben = await made({ firstName: "Ben", lastName: "Meets", cellPhone, workPhone });
	const other = await made({ firstName: "B.", lastName: "Meets", homePhone: { e164: "+491705550103" } });
	const mobile = await callFrom("+491705550101");
	const work = await callFrom("+491705550102");
	const home = await callFrom("+491705550103");
	world.kernel.clock.advance(60_000);
	const last = await callFrom("+491705550102");
	const by = {};
	const earlier = async (of = last) => {
		const now = await world.conversations.get(of.id);
		if (!now) throw new Error("gone");
		return (await world.conversations.timelineOf(now, by)).entities.map(({ id }) => id);
	};
	expect(await earlier()).toEqual(expect.arrayContaining([last.id, work.id, mobile.id]));
	expect(await earlier()).not.toContain(home.id);
	await ask("POST", "/merge/contacts", { sourceContactId: other, targetContactId: ben });
	expect(await earlier()).toContain(home.id);
	expect(await earlier(home)).toContain(mobile.id);
	// As before this version: nothing is found by contacts until the job has gone through.
	const { db } = world.kernel.database;
	await sql`delete from conversation_addresses where address like 'CONTACT:%'`.execute(db);
	expect(await earlier()).not.toContain(mobile.id);
	await sql`delete from jobs where kind = ${contactsOfPastJob}`.execute(db);
	await timelineMigrations["5480_contacts_of_the_past"]?.up(db);
	await world.kernel.jobs.runDue();
	expect(await earlier()).toContain(mobile.id);
	const [party] = mobile.participants;
	const place = { conversationId: mobile.id, communicationId: party?.calls?.[0]?.id, mediaType: "CALL" };
	expect((await ask("PUT", `/conversations/${mobile.id}`, place)).status).toBe(202);
	expect(await earlier()).not.toContain(mobile.id);
	expect(await earlier()).toContain(home.id);
});

test("a contact that was made of very many was not found by its own id", async () => {
	const id = await made({ firstName: "Zora", lastName: "Of many" });
	const { db } = world.kernel.database;
	await sql`insert into external_contact_merges (id, into_id)
		select '0-' || n, ${id} from generate_series(1, 300) n`.execute(db);
	const known = await contactStore(db).everyIdOf(["0-7", "0-8"]);
	expect([known[0], known.length, new Set(known).size]).toEqual([id, 200, 200]);
});

test("an address that is written like a contact's key led into that contact's history", async () => {
	const id = await made({ lastName: "Own", cellPhone: { e164: "+491705550111" } });
	const own = await callFrom("+491705550111");
	for (const address of [`CONTACT:${id}`, `contact:${id}`]) {
		const stranger = await callFrom(address);
		const { entities } = await world.conversations.timelineOf(own, {});
		expect(entities.map((one) => one.id)).not.toContain(stranger.id);
	}
});
