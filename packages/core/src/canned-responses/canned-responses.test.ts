import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationWorld } from "../conversations/test-support/world.ts";
import { referredQueues } from "../routing/queue-store.ts";
import { seesEverything } from "../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { createCannedResponses } from "./canned-responses.ts";
import { cannedResponseRoutes } from "./routes.ts";
import { plainOf, safeHtml } from "./safe-html.ts";

type Body = Record<string, unknown> & { id: string; version: number; entities: Body[]; total: number; results: Body };

const directory = {
	homeDivisionId: async () => "home",
	divisions: { list: async () => [{ id: "home", name: "Home" }], requireStanding: async () => {}, addCounter() {} },
};

let world: Awaited<ReturnType<typeof conversationWorld>>;
let canned: ReturnType<typeof createCannedResponses>;
let api: TestApi;

beforeAll(async () => {
	world = await conversationWorld();
	canned = createCannedResponses(world.kernel, {
		holdQueues: referredQueues.hold,
		directory,
		organizationId: async () => "org",
		stillMay: async () => true,
	});
	const usersOf = async () => new Map([["ada", { name: "Ada", version: 1 }]]);
	const context = { canned, usersOf, sight: seesEverything, directory, publicUrl: "http://inlay.test" };
	api = await testApi(cannedResponseRoutes(context, world.conversations), {
		ada: testPrincipal({ userId: "ada" }),
	});
});
afterAll(async () => {
	await api.close();
	await world.close();
});

async function call(method: string, url: string, body?: object): Promise<{ status: number; body: Body }> {
	const headers = { "content-type": "application/json" };
	const answer = await api.call(method, url, { as: "ada", ...(body ? { body, headers } : {}) });
	return { status: answer.statusCode, body: answer.body ? answer.json() : ({} as Body) };
}
const ask = (method: string, path: string, body?: object) => call(method, `/api/v2/responsemanagement${path}`, body);

async function library(queueIds?: string[]): Promise<string> {
	const { body } = await ask("POST", "/libraries", {
		name: randomUUID(),
		...(queueIds ? { inlay: { queueIds } } : {}),
	});
	return body.id;
}

async function response(libraryId: string, name: string, more: object = {}): Promise<Body> {
	const texts = [{ content: `Text of ${name}`, contentType: "text/plain" }];
	const { status, body } = await ask("POST", "/responses", { name, libraries: [{ id: libraryId }], texts, ...more });
	expect(status, JSON.stringify(body)).toBe(200);
	return body;
}

async function offered(queueId: string, medium = "message"): Promise<Body[]> {
	return (await call("GET", `/api/inlay/v1/responses/offered?queueId=${queueId}&medium=${medium}`)).body.entities;
}

test("CR-2 a response of library Sales was offered in a Support conversation", async () => {
	const [sales, support] = [await world.queue(), await world.queue()];
	await response(await library([sales.id]), "Discount");
	await response(await library([support.id]), "Restart");
	await response(await library(), "Goodbye");
	const names = async (queueId: string) => (await offered(queueId)).map((one) => one.name);
	expect(await names(support.id)).toEqual(["Goodbye", "Restart"]);
	expect(await names(sales.id)).toEqual(["Discount", "Goodbye"]);
	// A library of one queue is not one of all when that queue goes.
	await world.kernel.database.change((trx) => canned.ofQueues.endQueue(trx, sales.id));
	expect(await names(sales.id)).toEqual(["Goodbye"]);
});

test("CR-4 HTML response in web message is inserted as text", async () => {
	const queue = await world.queue();
	const html = "<p>Dear <b>{{customerName}}</b>,</p><ul><li>one</li><li>two &amp; three</li></ul>";
	const texts = [{ content: html, contentType: "text/html" }];
	await response(await library([queue.id]), "Rich", { texts });
	const rich = (await offered(queue.id)).find((one) => one.name === "Rich");
	expect(rich).toMatchObject({ text: "Dear {{customerName}},\n- one\n- two & three", html });
});

test("a response ran, loaded or posed as something in whoever's mail it came to stand", () => {
	for (const bad of [
		`<script>alert(1)</script>`,
		`<img src=x onerror=alert(1)>`,
		`<a href="javascript:alert(1)">a</a>`,
		`<a href="  java\nscript:alert(1)">a</a>`,
		`<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
		`<p style="position:fixed;background:url(https://evil.example)">a</p>`,
		`<svg><script>alert(1)</script></svg>`,
		`<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>`,
		`<form action="https://evil.example"><input name=a></form>`,
		`<a href="//evil.example">a</a>`,
		`<base href="https://evil.example"><meta http-equiv=refresh content="0;url=https://evil.example">`,
	])
		expect(safeHtml(bad), bad).not.toMatch(/script|onerror|style|iframe|svg|form|input|evil|base|meta|img/i);
	expect(safeHtml(`<p>Hello <b>you</b> <a href="https://example.com">here</a></p>`)).toBe(
		`<p>Hello <b>you</b> <a href="https://example.com">here</a></p>`,
	);
	expect(plainOf("a<br>b &lt;script&gt;")).toBe("a\nb <script>");
});

test("a response was found by what it does not say, or not by what it does", async () => {
	const [one, other] = [await library(), await library()];
	await response(one, "Returning goods", { inlay: { shortcut: "ret", language: "en", media: ["message"] } });
	await response(other, "Rückgabe");
	await response(other, "Best regards", { responseType: "Footer", footer: { type: "Signature" } });
	const query = async (queryPhrase: string, ...filters: object[]) =>
		((await ask("POST", "/responses/query", { queryPhrase, filters })).body.results.entities as Body[]).map(
			(found) => found.name,
		);
	expect(await query("ret")).toEqual(["Returning goods"]);
	expect(await query("goods text")).toEqual(["Returning goods"]);
	expect(await query("ruckgabe")).toEqual(["Rückgabe"]);
	expect(await query("text of", { name: "libraryId", operator: "IN", values: [other] })).toEqual([
		"Best regards",
		"Rückgabe",
	]);
	expect(await query("text of", { name: "libraryId", operator: "NOTEQUALS", values: [one, other] })).not.toContain(
		"Rückgabe",
	);
	expect(await query("", { name: "responseType", operator: "EQUALS", values: ["Footer"] })).toEqual(["Best regards"]);
	const strange = { filters: [{ name: "messagingTemplate", operator: "EQUALS", values: ["x"] }] };
	expect((await ask("POST", "/responses/query", strange)).status).toBe(400);
	expect((await ask("GET", `/responses?libraryId=${other}`)).body.total).toBe(2);
});

test("a signature was offered as a text, or a mail's response in a message", async () => {
	const queue = await world.queue();
	const id = await library([queue.id]);
	await response(id, "Footer", { responseType: "Footer" });
	await response(id, "Mail only", { interactionType: "email" });
	const names = async (medium: string) => (await offered(queue.id, medium)).map((one) => one.name);
	expect(await names("message")).not.toContain("Mail only");
	expect(await names("email")).toContain("Mail only");
	expect([...(await names("email")), ...(await names("message"))]).not.toContain("Footer");
});

test("a response counted each time that it was put into the same conversation", async () => {
	const queue = await world.queue();
	const { id } = await response(await library(), "Counted");
	const { id: conversationId } = await world.waiting(queue.id);
	const use = (body: object) => call("POST", `/api/inlay/v1/responses/${id}/uses`, body);
	expect((await use({ conversationId })).status).toBe(204);
	expect((await use({ conversationId })).status).toBe(204);
	expect((await use({ conversationId: randomUUID() })).status).toBe(404);
	expect((await ask("GET", `/responses/${id}`)).body.inlay).toMatchObject({ uses: 1 });
});

test("two people changed a response at once; a library went and left what is in another one, too", async () => {
	const [one, other] = [await library(), await library()];
	const both = await response(one, "Both", { libraries: [{ id: one }, { id: other }] });
	const alone = await response(one, "Alone");
	const { body: seen } = await ask("GET", `/responses/${both.id}`);
	expect((await ask("PUT", `/responses/${both.id}`, { ...seen, name: "First" })).status).toBe(200);
	expect((await ask("PUT", `/responses/${both.id}`, { ...seen, name: "Second" })).status).toBe(409);
	expect((await ask("DELETE", `/libraries/${one}`)).status).toBe(204);
	expect((await ask("GET", `/responses/${alone.id}`)).status).toBe(404);
	expect((await ask("GET", `/responses/${both.id}`)).body).toMatchObject({ name: "First", libraries: [{ id: other }] });
	expect((await ask("DELETE", `/responses/${both.id}`)).status).toBe(204);
});
