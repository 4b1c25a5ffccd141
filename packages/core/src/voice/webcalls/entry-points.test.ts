import { afterAll, beforeAll, expect, it } from "vitest";
import type { Conversation } from "../../conversations/model.ts";
import type { Conversations } from "../../conversations/service.ts";
import { readOrigins } from "../../kernel/http/page-origins.ts";
import { seesEverything } from "../../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../../test-support/test-api.ts";
import { workplace } from "../../test-support/workplace.ts";
import { entryPointRoutes } from "./entry-point-routes.ts";
import { createEntryPoints, type EntryPoints, readNumber } from "./entry-points.ts";
import { WebCalls } from "./web-calls.ts";

let work: Awaited<ReturnType<typeof workplace>>;
let api: TestApi;
let entryPoints: EntryPoints;
let queueIds: string[];
const number = "+31201234567";
const path = "/api/inlay/v1/entrypoints";
const origins = ["https://shop.example"];

beforeAll(async () => {
	work = await workplace();
	entryPoints = createEntryPoints(work.kernel, async () => "NL");
	const somewhere = [{ permission: "telephony:plugin:all", divisions: new Set(["west"]) }];
	api = await testApi(entryPointRoutes(entryPoints, seesEverything), {
		root: testPrincipal(),
		west: testPrincipal({ grants: somewhere }),
	});
	queueIds = [
		(await work.queues.create({ name: "Help" }, {})).id,
		(await work.queues.create({ name: "Sales" }, {})).id,
	];
});
afterAll(async () => {
	await api.close();
	await work.close();
});

async function call(method: string, url: string, body?: unknown, headers?: Record<string, string>) {
	const answer = await api.call(method, url, {
		as: "root",
		...(body ? { body } : {}),
		...(headers ? { headers } : {}),
	});
	return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

it("numbers could be put into service by the demo alone: they are made, led elsewhere and taken away by the API", async () => {
	const [help, sales] = queueIds;
	const made = await call("POST", path, { number: "020 123 4567", queueId: help, origins: ["https://shop.example/"] });
	expect(made).toMatchObject({ status: 200, body: { id: number, number, queueId: help, origins, version: 1 } });
	const one = `${path}/${encodeURIComponent(number)}`;
	expect((await call("GET", path)).body).toMatchObject({ total: 1, entities: [made.body] });
	const webCalls = new WebCalls({} as Conversations, entryPoints, async () => "NL");
	expect(await webCalls.allowsOrigin("https://shop.example")).toBe(true);
	const through = (dnis: string) => ({ participants: [{ purpose: "customer", dnis }] }) as unknown as Conversation;
	expect(await webCalls.isPageOf(through(`tel:${number}`), "https://shop.example")).toBe(true);
	expect(await webCalls.isPageOf(through(`tel:${number}`), "https://other.example")).toBe(false);
	expect(await webCalls.isPageOf(through("tel:+31209999999"), "https://shop.example")).toBe(false);
	await expect(webCalls.start({ to: number }, "https://other.example")).rejects.toMatchObject({ status: 403 });
	const moved = await call("PUT", one, { ...made.body, queueId: sales, origins: [] });
	expect(moved).toMatchObject({ status: 200, body: { queueId: sales, origins: [], version: 2 } });
	expect(await webCalls.allowsOrigin("https://shop.example")).toBe(false);
	expect((await call("PUT", one, { ...made.body, queueId: help })).body.code).toBe("version.conflict");
	expect((await call("PUT", one, { queueId: help, number: "+31201234560" })).status).toBe(400);
	expect((await call("DELETE", one, undefined, { "if-match": "1" })).body.code).toBe("version.conflict");
	expect((await call("DELETE", one, undefined, { "if-match": "2" })).status).toBe(204);
	await expect(webCalls.start({ to: number }, "https://shop.example")).rejects.toMatchObject({ status: 404 });
	expect((await call("DELETE", one)).status).toBe(404);
	const told = (await work.kernel.told()).filter(({ entityType }) => entityType === "entrypoint");
	expect(told.map(({ type, actor }) => `${type} by ${actor?.clientId}`)).toEqual(
		["changed", "changed", "deleted"].map((what) => `entrypoint.${what} by ${testPrincipal().clientId}`),
	);
});

it("a number led into queues alone: it leads to a user or a group, who are there, and a group that it leads to stays", async () => {
	const userId = await work.hire("Anna", "none");
	const direct = { number: "+31201234571", userId };
	const made = await call("POST", path, direct);
	expect(made).toMatchObject({ status: 200, body: { userId } });
	expect(made.body).not.toHaveProperty("queueId");
	const both = await call("POST", path, { ...direct, number: "+31201234572", queueId: queueIds[0] });
	expect(both.status).toBe(400);
	const nobody = { number: "+31201234572", groupId: "0b7e7a3e-0000-4000-8000-000000000000" };
	expect((await call("POST", path, nobody)).body.details[0].fieldName).toBe("groupId");
	const starts: unknown[] = [];
	const calls = { startInboundCall: async (one: unknown) => (starts.push(one), { id: "c" }) };
	const webCalls = new WebCalls({ calls } as unknown as Conversations, entryPoints, async () => "NL");
	await call("PUT", `${path}/${encodeURIComponent(direct.number)}`, { userId, origins });
	await webCalls.start({ to: direct.number }, "https://shop.example");
	expect(starts).toMatchObject([{ userId }]);
});

it("two who put one number into service at once led it into two queues", async () => {
	const answers = await Promise.all(queueIds.map((queueId) => call("POST", path, { number: "+3225550101", queueId })));
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
	const refused = answers.find(({ status }) => status === 409);
	expect(refused?.body).toMatchObject({ code: "resource.already.exists", details: [{ fieldName: "number" }] });
});

it.each([
	[{ number: "112" }, "number", "emergency.number"],
	[{ number: "1-1-2" }, "number", "emergency.number"],
	[{ number: "+31201234568;ext=12" }, "number", "invalid.value"],
	[{ number: "nobody" }, "number", "invalid.value"],
	[{ queueId: "0b7e7a3e-0000-4000-8000-000000000000" }, "queueId", "invalid.value"],
	[{ origins: ["https://shop.example/page"] }, "origins[0]", "invalid.value"],
	[{ origins: ["https://shop.example", "javascript:alert(1)"] }, "origins[1]", "invalid.value"],
])("what no call could use was taken: %o", async (wrong, field, code) => {
	const before = await entryPoints.all();
	const answer = await call("POST", path, { number: "+31201234599", queueId: queueIds[0], ...wrong });
	expect(answer).toMatchObject({ status: 400, body: { details: [{ errorCode: code, fieldName: field }] } });
	expect(await entryPoints.all()).toEqual(before);
});

it("numbers of the whole organization were changed by who looks after one division's phones", async () => {
	for (const [method, url] of [
		["GET", path],
		["POST", path],
		["DELETE", `${path}/${number}`],
	] as const)
		expect((await api.call(method, url, { as: "west", body: { number, queueId: queueIds[0] } })).statusCode).toBe(403);
});

it("numbers are kept as calls name them, however they are written", () => {
	for (const text of ["020 123 4567", "+31 20 123 45 67", "tel:+31201234567"])
		expect(readNumber(text, "NL")).toBe("+31201234567");
	expect(readOrigins(["HTTPS://Shop.Example/", "https://shop.example", "http://localhost:8082"])).toEqual([
		"https://shop.example",
		"http://localhost:8082",
	]);
});

it.each([
	"020 123 4567",
	"tel:+31-20-123-4567",
	"0031 (0)20 123 45 67",
	"+31\u201120\u2011123\u20114567",
	"\u200e+31 20 1234567\u200b",
])("a page called the number as people write it, and there was no such number: %s", async (to) => {
	const known = { number, queueId: queueIds[0] ?? "", origins, version: 1 };
	const find = async (asked: string) => (asked === number ? known : undefined);
	const calls = { startInboundCall: async ({ dnis }: { dnis: string }) => ({ id: dnis }) };
	const numbers = { find, all: async () => [known] };
	const webCalls = new WebCalls({ calls } as unknown as Conversations, numbers, async () => "NL");
	expect((await webCalls.start({ to }, "https://shop.example")).id).toBe(`tel:${number}`);
});
