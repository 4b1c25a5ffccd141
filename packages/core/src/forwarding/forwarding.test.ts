import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callHistory } from "../conversations/call/history.ts";
import { callOf } from "../conversations/call/model.ts";
import { findParticipant } from "../conversations/model.ts";
import { type WholeServer, wholeServer } from "../test-support/whole-server.ts";
import type { XmppStream } from "../voice/streaming/stream.ts";

const mobile = "+491512345678";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

let made = 0;

/** Somebody new who may forward their calls, with a phone number of theirs, as a token of their name. */
async function person(
	name: string,
	permissions = ["conversation:callForwarding:view", "conversation:callForwarding:edit"],
) {
	const address = `+4930555${String(++made).padStart(4, "0")}`;
	const { id } = await server.services.users.create({
		name: `${name} ${made}`,
		email: `${name}${made}@example.com`,
		addresses: [{ mediaType: "PHONE", type: "WORK", address: address.replace("+4930555", "+49 (30) 555-") }],
	});
	const divisionId = await server.services.authorization.homeDivisionId();
	const grants = permissions.map((permission) => ({ permission, divisions: new Set([divisionId]) }));
	const token = `${name}-${made}`;
	server.admit(token, { userId: id, grants });
	await server.services.stations.ensureWebRtcStations([id]);
	const [station] = (await server.services.stations.list({ webRtcUserId: id }, { limit: 1, offset: 0 })).stations;
	return { id, token, number: address, stationId: station?.id ?? "" };
}

type Person = Awaited<ReturnType<typeof person>>;

async function ask(as: string, method: "GET" | "PUT" | "PATCH", userId: string, payload?: object) {
	const url = userId === "limits" ? "/api/inlay/v1/callforwarding/limits" : `/api/v2/users/${userId}/callforwarding`;
	const headers = { authorization: `Bearer ${as}` };
	const answer = await server.http.inject({ method, url, headers, ...(payload ? { payload } : {}) });
	return { status: answer.statusCode, body: answer.json() };
}

const numbers = (...values: string[]) => ({ targets: values.map((value) => ({ type: "PHONENUMBER", value })) });
const station = ({ stationId }: Person) => ({ targets: [{ type: "STATION", value: stationId }] });
const save = ({ token, id }: Person, body: object) => ask(token, "PUT", id, { enabled: true, ...body });

describe("a user's call forwarding", () => {
	test("FW-4: Ben forwards to Anna, and Anna saves a forward to Ben", async () => {
		const [anna, ben] = [await person("anna"), await person("ben")];
		expect((await save(ben, { calls: [numbers(anna.number)] })).status).toBe(200);
		for (const back of [numbers(ben.number), station(ben)]) {
			const refused = await save(anna, { calls: [back] });
			expect([refused.status, refused.body.code]).toEqual([409, "forwarding.loop"]);
		}
		expect((await ask(anna.token, "GET", anna.id)).body).toMatchObject({ enabled: false, calls: [] });
	});

	test("FW-4: one's own number, one's station twice, and more than three in a row go round as well", async () => {
		const [first, second, third, fourth, fifth] = (await Promise.all(
			["a", "b", "c", "d", "e"].map((name) => person(name)),
		)) as [Person, Person, Person, Person, Person];
		const loops = [[numbers(first.number)], [station(first), station(first)]];
		for (const calls of loops) expect((await save(first, { calls })).body.code).toBe("forwarding.loop");
		await save(fourth, { calls: [numbers(fifth.number)] });
		await save(third, { calls: [numbers(fourth.number)] });
		await save(second, { calls: [numbers(third.number)] });
		expect((await save(first, { calls: [numbers(second.number)] })).body.code).toBe("forwarding.loop");
		expect((await save(first, { calls: [station(first)] })).status).toBe(200);
	});

	test("a chain of four was saved when its last or middle person was the one who saved it", async () => {
		const [first, second, third, fourth] = (await Promise.all(["k", "l", "m", "n"].map((name) => person(name)))) as [
			Person,
			Person,
			Person,
			Person,
		];
		await save(first, { calls: [numbers(second.number)] });
		await save(second, { calls: [numbers(third.number)] });
		expect((await save(third, { calls: [numbers(fourth.number)] })).status).toBe(200);
		expect((await save(fourth, { calls: [numbers(mobile)] })).body.code).toBe("forwarding.loop");
		await ask(third.token, "PATCH", third.id, { enabled: false });
		expect((await save(fourth, { calls: [numbers(mobile)] })).status).toBe(200);
		expect((await ask(third.token, "PATCH", third.id, { enabled: true })).body.code).toBe("forwarding.loop");
	});

	test("calls were forwarded to a number of the organization, and so came back into a queue", async () => {
		const anna = await person("anna");
		const service = "+4930555999";
		await server.services.entryPoints.create({ number: service, queueId: server.ids.queueId ?? "", origins: [] }, {});
		const refused = await save(anna, { calls: [numbers("+49 30 555 999")] });
		expect([refused.status, refused.body.code]).toEqual([409, "forwarding.loop"]);
		await server.services.entryPoints.remove(service, undefined, {});
	});

	test("the same number stood twice in a step, where its second call finds it busy", async () => {
		const anna = await person("anna");
		const refused = await save(anna, { calls: [numbers(mobile, "+49 151 234 56 78")] });
		expect([refused.status, refused.body.code]).toEqual([400, "forwarding.target.invalid"]);
		expect((await save(anna, { calls: [numbers(mobile), numbers(mobile)] })).status, "one after the other").toBe(200);
	});

	test(":editOther alone did not open others' forwarding, and must not open one's own", async () => {
		const anna = await person("anna");
		const lead = await person("lead", ["conversation:callForwarding:editOther"]);
		expect((await ask(lead.token, "PUT", anna.id, { enabled: true, calls: [numbers(mobile)] })).status).toBe(200);
		expect((await ask(lead.token, "GET", anna.id)).status).toBe(200);
		expect((await ask(lead.token, "GET", lead.id)).status).toBe(403);
		expect((await save(lead, { calls: [numbers(mobile)] })).status).toBe(403);
	});

	test("FW-5: what is set by the API is told at once to every open panel", async () => {
		const anna = await person("anna");
		const before = await server.kernel.newest();
		await save(anna, { calls: [station(anna), numbers("+49 151 2345678")], voicemail: "NONE" });
		const [event] = (await server.kernel.told(before)).filter((one) => one.type === "forwarding.changed");
		const [announced] = event?.announcements ?? [];
		expect(announced?.topics).toEqual([`v2.users.${anna.id}.callforwarding`]);
		expect(announced?.eventBody).toMatchObject({
			user: { id: anna.id },
			enabled: true,
			calls: [station(anna), { targets: [{ type: "PHONENUMBER", value: expect.stringMatching(/^\+\d+$/) }] }],
		});
		const off = await ask(anna.token, "PATCH", anna.id, { enabled: false });
		expect(off.body, "disabling keeps the steps").toMatchObject({ enabled: false, calls: { length: 2 } });
	});

	test("FW-6: without the permission setting is 403, and somebody else's needs another one", async () => {
		const [anna, ben] = [await person("anna", ["conversation:callForwarding:view"]), await person("ben")];
		expect((await ask(anna.token, "GET", anna.id)).status).toBe(200);
		expect((await save(anna, { calls: [numbers(mobile)] })).status).toBe(403);
		expect((await ask(ben.token, "GET", anna.id)).status).toBe(403);
		expect((await ask("admin", "PUT", anna.id, { enabled: true, calls: [numbers(mobile)] })).status).toBe(200);
	});

	test("whose right was taken while their calls were forwarded could not have them back", async () => {
		const { forwarding } = server.services;
		const [anna, ben] = [await person("anna"), await person("ben", [])];
		for (const { id } of [anna, ben]) await forwarding.set(id, { enabled: true, calls: [numbers(mobile)] }, true, {});
		const own = async (method: "GET" | "DELETE") => {
			const headers = { authorization: `Bearer ${ben.token}` };
			return (await server.http.inject({ method, url: "/api/v2/inlay/callforwarding/me", headers })).json();
		};
		expect((await ask(ben.token, "PATCH", ben.id, { enabled: false })).status).toBe(403);
		expect(await own("GET")).toMatchObject({ enabled: true, calls: { length: 1 } });
		expect(await own("DELETE"), "the steps are kept").toMatchObject({ enabled: false, calls: { length: 1 } });
		expect(await forwarding.of(ben.id)).toBeUndefined();
		expect(await forwarding.of(anna.id), "nobody else's").toBeDefined();
	});

	test.each([
		["112", "an emergency number"],
		["+49 900 1234567", "a number that is charged for specially"],
		["+979 123456789", "international premium rate"],
		["+882 1312 3456", "a satellite's or network's"],
		["1234", "no full number"],
		["Mary", "no number"],
	])("FW-7: %s is no target: %s", async (value) => {
		const anna = await person("anna");
		const refused = await save(anna, { calls: [numbers(mobile), numbers(value)] });
		expect([refused.status, refused.body.code]).toEqual([400, "forwarding.target.invalid"]);
		expect(JSON.stringify(refused.body)).toContain("calls[1].targets[0].value");
		expect(refused.body.message, "a sentence for the agent").not.toMatch(/calls\[|SIP/);
	});

	test("the older form, a number alone, is one step", async () => {
		const anna = await person("anna");
		expect((await save(anna, { phoneNumber: mobile })).body).toMatchObject({
			phoneNumber: mobile,
			calls: [numbers(mobile)],
		});
		const empty = await save(anna, { calls: [] });
		expect(empty.body.code, "on, and nowhere to go").toBe("forwarding.target.invalid");
	});

	test("what the organization does not allow is neither saved nor called", async () => {
		const anna = await person("anna");
		await save(anna, { calls: [numbers(mobile), station(anna)] });
		expect((await ask("admin", "PUT", "limits", { blockedPrefixes: ["1900"] })).status).toBe(400);
		const before = await server.kernel.newest();
		const { body } = await ask("admin", "PUT", "limits", { externalAllowed: false, ringSeconds: 30 });
		expect(body).toMatchObject({ externalAllowed: false, ringSeconds: 30, confirm: true });
		expect((await save(anna, { calls: [numbers(mobile)] })).body.code).toBe("forwarding.target.invalid");
		expect((await ask(anna.token, "GET", anna.id)).body.inlayNotCalled, "and says what is called no longer").toEqual([
			mobile,
		]);
		const told = (await server.kernel.told(before)).filter(
			(one) => one.type === "forwarding.changed" && one.entityId === anna.id,
		);
		expect(told.map((one) => one.announcements[0]?.eventBody)).toMatchObject([{ inlayNotCalled: [mobile] }]);
		await ask(anna.token, "PATCH", anna.id, { enabled: false });
		expect((await ask(anna.token, "PATCH", anna.id, { enabled: true })).body.code).toBe("forwarding.target.invalid");
		await save(anna, { calls: [station(anna)] });
		const { forwarding } = server.services;
		expect(await forwarding.of(anna.id)).toMatchObject({ ringMs: 30_000, steps: [{ targets: [{ userId: anna.id }] }] });
		await ask("admin", "PUT", "limits", { externalAllowed: true, ringSeconds: 20, version: body.version });
	});

	test("a colleague who forwards, too, is followed to where they are reached", async () => {
		const [anna, ben] = [await person("anna"), await person("ben")];
		await save(ben, { calls: [station(ben), numbers(mobile)] });
		await save(anna, { calls: [numbers(ben.number)] });
		const forwarded = await server.services.forwarding.of(anna.id);
		expect(forwarded?.steps.map((step) => step.targets)).toMatchObject([
			[{ kind: "user", userId: ben.id }],
			[{ kind: "number", address: mobile }],
		]);
	});
});

describe("calls to somebody who forwards theirs", () => {
	test("FW-1: a direct call goes to the number, though nobody is signed in at the phone", async () => {
		const { conversations, phones } = server.services;
		const [anna, ben] = [await person("anna"), await person("ben")];
		phones.add({ userId: ben.id, canAnswer: true } as XmppStream);
		await save(anna, { calls: [numbers(mobile)] });
		const { id, participants } = await conversations.calls.dial({ userId: ben.id, callUserId: anna.id });
		const called = await conversations.calls.mediaConnected(id, participants[0]?.id ?? "");
		const [own, outside] = called.participants.slice(1);
		expect([own?.userId, own && callOf(own).disconnectType]).toEqual([anna.id, "transfer.forward"]);
		expect([outside?.address, outside && callOf(outside).state]).toEqual([mobile, "dialing"]);
		await conversations.calls.mediaConnected(id, outside?.id ?? "");
		const taken = await conversations.calls.keyPressed(id, outside?.id ?? "", "1");
		expect(taken.participants.map((one) => callOf(one).state)).toEqual(["connected", "disconnected", "connected"]);
		const [row] = (await conversations.historyOf(anna.id, { limit: 1, offset: 0 })).conversations;
		expect(row && callHistory(row, anna.id, new Map())).toMatchObject({
			inlayForwarded: { to: [mobile], taken: true },
		});
	});

	test("FW-2: a queue's call rings the agent's phone, not the mobile", async () => {
		const { conversations } = server.services;
		const anna = await person("anna");
		await save(anna, { calls: [numbers(mobile)] });
		const queueId = server.ids.queueId ?? "";
		const call = { customer: { name: "Cy" }, dnis: "+31800", queueId, provider: "test" };
		const { id: conversationId, participants } = await conversations.calls.startInboundCall(call);
		await conversations.calls.mediaConnected(conversationId, participants[0]?.id ?? "");
		const offered = await server.kernel.database.change((trx) =>
			conversations.assignAgent(trx, { conversationId, queueId, userId: anna.id, timeoutSeconds: 20 }),
		);
		const rung = findParticipant(offered, offered.participants.at(-1)?.id ?? "");
		expect([rung?.userId, rung && callOf(rung).state]).toEqual([anna.id, "alerting"]);
		expect(offered.participants.some((one) => one.address === mobile)).toBe(false);
	});
});
