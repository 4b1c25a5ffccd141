import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { addressOf } from "./ask.ts";
import type { SentWebService } from "./model.ts";
import { createWebServices, type WebServices } from "./web-services.ts";

const actor = { userId: "admin" };
let kernel: TestKernel;
let services: WebServices;
let got: Array<{ method?: string; url?: string; headers: IncomingHttpHeaders; body: string }>;
let answer: { status: number; body: string; silent?: boolean };
const server = createServer(async (request, response) => {
	const { method = "", url = "", headers } = request;
	let body = "";
	for await (const part of request) body += part;
	got.push({ method, url, headers, body });
	if (answer.silent) return;
	response.writeHead(answer.status, { location: "http://127.0.0.1/inside" }).end(answer.body);
});
let port = 0;
let count = 0;

beforeAll(async () => {
	kernel = await testKernel();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
	kernel.outgoing.allowOwn({ host: "127.0.0.1", port });
	services = createWebServices(kernel);
	await services.hosts.change({ services: ["127.0.0.1", "*.example.com"] }, undefined, actor);
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	await kernel.close();
});
beforeEach(() => {
	got = [];
	answer = { status: 200, body: '{"order": {"items": [{"name": "Lamp", "pieces": 2}], "paid": true}}' };
});

function sent(part: Partial<SentWebService> = {}): SentWebService {
	return {
		...{ name: `Orders ${++count}`, method: "GET", address: `http://127.0.0.1:${port}/orders/{{order}}?by={{by}}` },
		...{ headers: [], secretHeaders: [], body: "", inputs: ["order", "by"], outputs: [], timeoutSeconds: 1 },
		...part,
	};
}

it("a step gets what it asks for of the answer, and nothing besides; what it gives leads nowhere else", async () => {
	const outputs = [
		{ name: "what", path: "order.items[0].name" },
		{ name: "pieces", path: "order.items.0.pieces" },
		{ name: "paid", path: "order.paid" },
		{ name: "all", path: "order.items" },
		{ name: "none", path: "constructor.name" },
	];
	const service = await services.create(sent({ outputs, headers: [{ name: "X-Shop", value: "1" }] }), actor);
	const given = { order: "47/11?x#y", by: "a&b=c", strange: "left away" };
	expect(await services.ask(service.id, given)).toEqual({
		...{ what: "Lamp", pieces: 2, paid: true, none: null },
		all: '[{"name":"Lamp","pieces":2}]',
	});
	expect(got).toMatchObject([
		{ method: "GET", url: "/orders/47%2F11%3Fx%23y?by=a%26b%3Dc", headers: { "x-shop": "1" } },
	]);
	for (const order of ["..", "."])
		await expect(services.ask(service.id, { order })).rejects.toMatchObject({
			options: { params: { why: "address" } },
		});
	expect(got).toHaveLength(1);
});

it("an input with quotes became fields of the body", async () => {
	const body = '{"order": "{{order}}", "by": {"name": "{{by}}"}}';
	const service = await services.create(sent({ method: "POST", body }), actor);
	await services.ask(service.id, { order: '", "admin": "yes', by: "\\ {{order}}\n" });
	expect(JSON.parse(got[0]?.body ?? "")).toEqual({ order: '", "admin": "yes', by: { name: "\\ {{order}}\n" } });
	expect(got[0]?.headers["content-type"]).toBe("application/json");
});

it("an input stood where it could become items of a list, digits of a number or half a letter", async () => {
	for (const body of [
		'{"a": [{{order}}]}',
		'{"a": 1{{order}}}',
		'{"a": "\\u00{{order}}41"}',
		'{"a": "\\{{order}}n"}',
		"{{order}}1",
	])
		await expect(services.create(sent({ method: "POST", body }), actor), body).rejects.toMatchObject({ status: 400 });
});

it("http on port 443 was asked on port 80", () => {
	const filled = (address: string) => addressOf({ name: "Orders", address }, { order: "1" }).href;
	expect(filled("http://10.0.0.1:443/{{order}}")).toBe("http://10.0.0.1:443/1");
	expect(filled("HTTP://10.0.0.1/{{order}}")).toBe("http://10.0.0.1/1");
	expect(filled("https://crm.example:443/{{order}}")).toBe("https://crm.example/1");
});

it("a key could be read back, went to another host, or stood in the database as it is", async () => {
	const key = "Bearer Correct-Horse-7";
	const made = sent({ secretHeaders: [{ name: "Authorization", value: key }] });
	const service = await services.create(made, actor);
	await services.ask(service.id, {});
	expect(got[0]?.headers.authorization).toBe(key);
	const { rows } = await sql<{ row: string }>`select web_services::text as row from web_services`.execute(
		kernel.database.db,
	);
	expect(rows.map(({ row }) => row).join()).not.toContain("Horse");
	const kept = { ...made, secretHeaders: [{ name: "Authorization" }] };
	await services.change(service.id, { ...kept, timeoutSeconds: 2 }, 1, actor);
	await services.ask(service.id, {});
	expect(got[1]?.headers.authorization).toBe(key);
	const elsewhere = { ...kept, address: "https://evil.example.com/{{order}}{{by}}" };
	await expect(services.change(service.id, elsewhere, 2, actor)).rejects.toMatchObject({
		...{ status: 400, options: { details: [{ fieldName: "secretHeaders[0].value" }] } },
	});
	// The same host over TLS, or behind another port, is another program.
	for (const origin of [`https://127.0.0.1:${port}`, "http://127.0.0.1:443"]) {
		const moved = { ...kept, address: `${origin}/{{order}}{{by}}` };
		await expect(services.change(service.id, moved, 2, actor)).rejects.toMatchObject({ status: 400 });
	}
	await expect(services.change(service.id, kept, 1, actor)).rejects.toMatchObject({ status: 409 });
});

it("a service was called at a host that the organization has not listed, or lists no more", async () => {
	const other = sent({ address: "https://other.example/{{order}}{{by}}" });
	await expect(services.create(other, actor)).rejects.toMatchObject({ status: 409, code: "web.service.host" });
	const service = await services.create(sent(), actor);
	await services.hosts.change({ services: ["*.example.com"] }, undefined, actor);
	await expect(services.ask(service.id, {})).rejects.toMatchObject({ status: 409, code: "web.service.host" });
	await services.hosts.change({ services: ["127.0.0.1", "*.example.com"] }, undefined, actor);
	expect(got).toEqual([]);
	await expect(services.hosts.change({ pages: ["https://x"] }, undefined, actor)).rejects.toMatchObject({
		status: 400,
	});
});

it("a service that answers badly, not at all, too much, or leads on was taken for one that answers", async () => {
	const service = await services.create(sent({ outputs: [{ name: "all", path: "" }] }), actor);
	const why = async (now: Partial<typeof answer>) => {
		answer = { ...answer, ...now };
		return services.ask(service.id, {}).then(
			() => "answered",
			(error) => error.options.params.why,
		);
	};
	expect(await why({ status: 500 })).toBe("status");
	expect(await why({ status: 302 })).toBe("status");
	expect(await why({ status: 200, body: "<html>" })).toBe("json");
	expect(await why({ body: `"${"x".repeat(300_000)}"` })).toBe("long");
	expect(await why({ body: "{}", silent: true })).toBe("away");
	expect(got.every(({ url }) => url?.startsWith("/orders/"))).toBe(true);
});

it.each([
	["address", { address: "http://api.example.com/{{order}}{{by}}" }],
	["address", { address: "https://{{order}}.example.com/{{by}}" }],
	["address", { address: "https://user@api.example.com/" }],
	["address", { address: "ftp://api.example.com/" }],
	["address", { address: "https://api.example.com/{{nobody}}" }],
	["body", { body: '{"order": {{order}}}' }],
	["headers", { headers: [{ name: "Host", value: "inside" }] }],
	["headers", { secretHeaders: [{ name: "X-Key", value: "1" }], headers: [{ name: "x-key", value: "2" }] }],
	["inputs", { inputs: ["order", "order", "by"] }],
] satisfies Array<[string, Partial<SentWebService>]>)("%s was taken as it was: %j", async (fieldName, part) => {
	await expect(services.create(sent(part), actor)).rejects.toMatchObject({
		...{ status: 400, options: { details: [{ fieldName }] } },
	});
});

it("a service that leads into the own network was taken, though the operator has not named it", async () => {
	await services.hosts.change({ services: ["127.0.0.1", "*.example.com", "10.0.0.5"] }, undefined, actor);
	const inside = sent({ address: "http://10.0.0.5/{{order}}{{by}}" });
	await expect(services.create(inside, actor)).rejects.toMatchObject({ code: "outgoing.refused" });
});
