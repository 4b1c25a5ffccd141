import { randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isStaff } from "../conversations/model.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { Idempotency } from "../kernel/idempotency/idempotency.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { ownQueueRoutes } from "./address-routes.ts";
import { type AddressWish, createAddresses } from "./addresses.ts";
import { carrierRoutes } from "./carrier-routes.ts";
import { MessageRefused } from "./provider.ts";
import { defaultCarrier } from "./providers/carrier-form.ts";
import { signatureOf } from "./providers/signature.ts";
import { messageRoutes } from "./routes.ts";
import { type ExchangeWorld, exchangeWorld } from "./test-support/exchange-world.ts";

/** The one file that the one response brings along. */
const asset = {
	...{ id: "asset", name: "form.txt", divisionId: "home", key: "key", contentType: "text/plain", size: 5 },
	...{ createdAt: new Date(), modifiedAt: new Date() },
};

const zipped = { ...asset, id: "zipped", name: "forms.zip", contentType: "application/zip" };
/** What was opened of them. */
const opened: Readable[] = [];

let at: ExchangeWorld;
let api: TestApi;
const people: Record<string, ReturnType<typeof testPrincipal>> = {};

beforeAll(async () => {
	at = await exchangeWorld();
	const { conversations } = at.world;
	const { messaging } = at;
	const country = async () => "DE";
	const responseFiles = {
		filesOffered: async (id: string) => (id === "form" ? [asset, zipped] : []),
		stream: async () => {
			const body = Readable.from([Buffer.from("hello")]);
			opened.push(body);
			return body;
		},
		bytes: async () => Buffer.from("hello"),
	};
	const routes = [
		...messageRoutes({ messaging, conversations, country, writersOf: async () => new Map(), responseFiles }),
		...carrierRoutes(messaging, at.world.kernel, country),
		...ownQueueRoutes(messaging, (userId) => at.queuesOf(userId)),
	];
	api = await testApi(routes, people, { idempotency: new Idempotency(at.world.kernel) });
});
afterAll(async () => {
	await api.close();
	await at.close();
});

/** Somebody with these permissions everywhere; the answer is the token. */
function signedIn(userId: string, ...permissions: string[]): string {
	const token = randomUUID();
	people[token] = testPrincipal({
		userId,
		grants: permissions.map((permission) => ({ permission, divisions: "all" })),
	});
	return token;
}

const path = "/api/v2/conversations/messages";

test("SM-8: without conversation:message:create nobody writes first, and who was written to still answers", async () => {
	const { queue, agent, address, arrive, accept } = await at.story(
		{ webhookUrl: "https://carrier.example", secret },
		"http",
	);
	const body = { queueId: queue.id, toAddress: "+4915123456001", toAddressMessengerType: "sms" };
	const others = ["conversation:message:view", "conversation:webmessaging:create", "conversation:email:create"];
	const refused = await api.call("POST", path, { as: signedIn(agent, ...others), body });
	expect(refused.statusCode).toBe(403);
	expect(refused.json()).toMatchObject({ messageParams: { permissions: expect.stringContaining("message:create") } });
	expect(await at.messaging.withCustomer(address.id, body.toAddress, 5)).toEqual([]);
	const { conversationId = "" } = await arrive("Where is my order?");
	const { communicationId } = await accept(conversationId);
	const answer = `${path}/${conversationId}/communications/${communicationId}/messages`;
	const told = await api.call("POST", answer, { as: signedIn(agent), body: { textBody: "On its way." } });
	expect([told.statusCode, told.json().normalizedMessage?.text]).toEqual([200, "On its way."]);
	const begun = await api.call("POST", path, { as: signedIn(agent, "conversation:message:create"), body });
	expect(begun.statusCode).toBe(200);
	const conversation = await at.world.conversations.get(begun.json().id);
	expect(conversation?.participants.find(isStaff)?.userId).toBe(agent);
});

/** A carrier that is none: what is posted to it, and how it answers. */
async function farCarrier() {
	const got: Array<{ body: string; headers: IncomingHttpHeaders }> = [];
	const answers: Array<{ status: number; body: string }> = [];
	const server = createServer(async (request, response) => {
		if (request.method === "GET") {
			const status = Number(/^\/(\d{3})$/.exec(request.url ?? "")?.[1] ?? 200);
			if (status !== 200) {
				response.writeHead(status, { location: "/picture" }).end();
				return;
			}
			response.writeHead(200, { "content-type": "image/png" });
			response.end(png);
			return;
		}
		got.push({ body: await text(request), headers: request.headers });
		const { status, body } = answers.shift() ?? { status: 200, body: "" };
		response.writeHead(status).end(body);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as AddressInfo;
	at.world.kernel.outgoing.allowOwn({ host: "127.0.0.1", port });
	return {
		...{ got, url: `http://127.0.0.1:${port}` },
		answer: (...all: typeof answers) => void answers.push(...all),
		close: () => new Promise((done) => server.close(done)),
	};
}

const png = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
	"base64",
);
const secret = "sixteen letters!";

/** What a carrier brings, signed. */
function bring(addressId: string, events: unknown, by = secret) {
	const body = Buffer.from(typeof events === "string" ? events : JSON.stringify(events));
	const url = `/api/inlay/v1/messaging/addresses/${addressId}/inbound`;
	const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(body, by) };
	return api.http.inject({ method: "POST", url, headers, payload: body });
}

test("SM-6, SM-7: a carrier by HTTP gets each text once in the form that it wants, signed; what it brings is heard once, and nothing unsigned", async () => {
	const carrier = await farCarrier();
	const settings = { webhookUrl: `${carrier.url}/send`, secret };
	const request =
		'{"messages":[{"destination":{"address":"{{to}}"},"body":"{{text}} ({{from}})","ref":"{{id}}","media":"{{media}}"}]}';
	const wish = { ...defaultCarrier, request, idPath: "result.0.name", authorization: "Bearer ours" };
	const one = await at.story({ ...settings, carrier: wish }, "http");
	const { conversationId = "" } = await one.arrive("Hello?");
	const { communicationId } = await one.accept(conversationId);
	carrier.answer({ status: 500, body: "" }, { status: 200, body: '{"result":[{"name":"c-1"}]}' });
	const said = await at.messaging.write(conversationId, communicationId, 'Said "so"', one.by);
	await at.sent();
	at.world.kernel.clock.advance(1_000);
	await at.sent();
	expect(carrier.got.map(({ headers }) => headers["idempotency-key"])).toEqual([said.id, said.id]);
	const [first] = carrier.got;
	expect(JSON.parse(first?.body ?? "")).toEqual({
		messages: [
			{ destination: { address: "+4915123456789" }, body: `Said "so" (${one.address.address})`, ref: said.id },
		],
	});
	const { authorization, "x-hub-signature-256": mark } = first?.headers ?? {};
	expect([authorization, mark]).toEqual(["Bearer ours", signatureOf(first?.body ?? "", secret)]);
	expect((await bring(one.address.id, { id: "c-1", status: "DELIVRD" })).statusCode).toBe(204);
	expect(await at.messaging.find(said.id)).toMatchObject({ status: "delivery-success", providerId: "c-1" });

	const told = { id: "in-1", from: "0151 23456789", text: "And when?" };
	expect((await bring(one.address.id, told, "another sixteen!")).statusCode).toBe(401);
	const inbound = async () =>
		(await at.messaging.withCustomer(one.address.id, "+4915123456789", 20)).filter(
			(each) => each.direction === "inbound",
		);
	expect((await inbound()).map((each) => each.text)).toEqual(["Hello?"]);
	for (const events of [told, [told, { id: "else", balance: 3 }], told])
		expect((await bring(one.address.id, events)).statusCode).toBe(204);
	expect((await inbound()).map((each) => [each.text, each.conversationId])).toEqual([
		["Hello?", conversationId],
		["And when?", conversationId],
	]);
	await carrier.close();
});

test("one odd text of a carrier's list kept all others out, and nobody was told", async () => {
	const one = await at.story({ webhookUrl: "https://carrier.example/send", secret }, "http");
	const from = (id: string) => `"id":"odd-${id}","from":"0151 2345678${id}"`;
	const texts = async (id: string) =>
		(await at.messaging.withCustomer(one.address.id, `+49151234567${`8${id}`}`, 20)).map(({ text }) => text);
	const odd = [
		`{${from("1")},"text":"Cut \\ud83d"}`,
		`{${from("2")},"text":"Nul\\u0000","__proto__":{"a":1},"raw":"\\udc00","size":1e999}`,
		`{${from("3")},"text":"Well"}`,
	];
	expect((await bring(one.address.id, `[${odd.join()}]`)).statusCode).toBe(204);
	expect(await Promise.all(["1", "2", "3"].map(texts))).toEqual([["Cut \ufffd"], ["Nul\ufffd"], ["Well"]]);
	expect((await bring(one.address.id, "[")).statusCode).toBe(400);
});

test("a carrier's secrets were posted to whatever server somebody entered afterwards: they stay with the one for which they were given", async () => {
	const webhookUrl = "https://carrier.example/send";
	const carrier = { ...defaultCarrier, authorization: "Bearer ours" };
	const { address, by } = await at.story({ webhookUrl, secret, carrier }, "http");
	const { name, channel, queueId, provider } = address;
	const change = (settings: AddressWish["settings"] = {}) =>
		at.messaging.addresses.change(address.id, { name, channel, queueId, provider, settings }, undefined, by);
	const refuses = (settings: AddressWish["settings"], fieldName: string) =>
		expect(change(settings)).rejects.toMatchObject({
			...{ status: 400, options: { details: [expect.objectContaining({ fieldName })] } },
		});
	const elsewhere = ["https://carrier.example:8443/send", "http://carrier.example/send", "https://thief.example/send"];
	for (const url of elsewhere) await refuses({ webhookUrl: url }, "settings.secret");
	await refuses({ webhookUrl: elsewhere[2] ?? "", secret: "another sixteen!" }, "settings.carrier.authorization");
	expect((await change({ webhookUrl: "https://carrier.example/v2" })).settings).toMatchObject({ secret, carrier });
	// Taken away in between it is no way around.
	const program = { name: "Program", channel: "open", provider: "open", address: "program", queueId } as const;
	const made = await at.messaging.addresses.create({ ...program, settings: { webhookUrl, secret } }, by);
	const to = (url: string | null) =>
		at.messaging.addresses.change(made.id, { ...program, settings: { webhookUrl: url } }, undefined, by);
	await to(null);
	await expect(to("https://thief.example/")).rejects.toMatchObject({ status: 400 });
	const anew = { secret: "another sixteen!", carrier: { authorization: "" } };
	const moved = await change({ webhookUrl: "https://new.example/", ...anew });
	expect([moved.settings.secret, moved.settings.carrier?.authorization]).toEqual([anew.secret, undefined]);
});

test("a carrier's authorization went elsewhere by a detour: a simulator's place, and a carrier again at that place", async () => {
	const carrier = { ...defaultCarrier, authorization: "Bearer ours" };
	const { address, by } = await at.story({ webhookUrl: "https://carrier.example/send", secret, carrier }, "http");
	const { name, channel, queueId } = address;
	const addresses = createAddresses(
		{ ...at.world.kernel, config: { ...at.world.kernel.config, demo: true } },
		async () => "DE",
	);
	const change = (provider: "http" | "simulator", settings: AddressWish["settings"] = {}) =>
		addresses.change(address.id, { name, channel, queueId, provider, settings }, undefined, by);
	const thief = { webhookUrl: "https://thief.example/send", secret: "another sixteen!" };
	expect((await change("simulator", thief)).settings.carrier).toBeUndefined();
	expect((await change("http", thief)).settings.carrier?.authorization).toBeUndefined();
});

test("pictures went by no text: a number with MMS sends a file, and gets those that customers send, each once", async () => {
	const carrier = await farCarrier();
	const one = await at.story({ webhookUrl: `${carrier.url}/send`, secret, mms: true }, "http");
	const event = { id: "mms-1", from: "+4915123456789", text: "Look", media: [{ url: `${carrier.url}/picture` }] };
	expect((await bring(one.address.id, event)).statusCode).toBe(204);
	expect((await bring(one.address.id, event)).statusCode).toBe(204);
	const got = await at.messaging.withCustomer(one.address.id, event.from, 20);
	expect(got.map((each) => each.text)).toEqual(["Look", "MMS.png"]);
	const conversationId = got[0]?.conversationId ?? "";
	const { communicationId } = await one.accept(conversationId);
	const files = `/api/inlay/v1/conversations/messages/${conversationId}/communications/${communicationId}/files`;
	const sent = await api.http.inject({
		...{ method: "POST", url: `${files}?name=map.png&size=${png.length}`, payload: png },
		headers: { "content-type": "application/octet-stream", authorization: `Bearer ${signedIn(one.agent)}` },
	});
	expect([sent.statusCode, sent.json().media]).toMatchObject([200, [{ mediaType: "image/png", name: "map.png" }]]);
	await at.sent();
	const [posted] = carrier.got.map(({ body }) => JSON.parse(body));
	expect(posted).toMatchObject({
		to: event.from,
		text: "",
		media: [expect.stringContaining("/api/inlay/v1/files?ticket=")],
	});
	const without = await at.story({ webhookUrl: carrier.url, secret }, "http");
	expect((await bring(without.address.id, { ...event, id: "mms-2", text: "" })).statusCode).toBe(204);
	expect(await at.messaging.withCustomer(without.address.id, event.from, 5)).toMatchObject([{ text: "MMS" }]);
	await carrier.close();
});

test("texts behind one of a company's name or of a short code were lost, and those whose picture was gone came for ever", async () => {
	const carrier = await farCarrier();
	const { address } = await at.story({ webhookUrl: `${carrier.url}/send`, secret, mms: true }, "http");
	const from = "+4915123456781";
	const picture = (id: string, status: number) => ({ id, from, text: id, media: [`${carrier.url}/${status}`] });
	const events = [
		{ id: "name", from: "AMAZON", text: "Your parcel" },
		{ id: "short", from: "72880", text: "Your code" },
		{ id: "odd", from: "\u0007?", text: "Who?" },
		...[404, 302, 503].map((status) => picture(`p${status}`, status)),
		{ id: "last", from, text: "Still there?" },
	];
	const texts = async (their: string) =>
		(await at.messaging.withCustomer(address.id, their, 20)).map(({ text }) => text);
	const gone = "MMS: a picture could not be fetched";
	const come = ["p404", gone, "p302", gone, "p503", "Still there?"];
	for (let time = 0; time < 2; time++) {
		expect((await bring(address.id, events)).statusCode).toBe(502);
		expect(await texts(from)).toEqual(come);
	}
	expect([await texts("AMAZON"), await texts("72880")]).toEqual([["Your parcel"], ["Your code"]]);
	expect((await bring(address.id, events.slice(0, 5))).statusCode).toBe(204);
	const later = { ...picture("p503", 503), media: [`${carrier.url}/picture`] };
	expect((await bring(address.id, later)).statusCode).toBe(204);
	expect(await texts(from)).toEqual([...come, "MMS.png"]);
	await carrier.close();
});

test("numbers of a carrier that writes no plus were taken for numbers of our own country, and it was told of a plus", async () => {
	const carrier = await farCarrier();
	const settings = { webhookUrl: `${carrier.url}/send`, secret };
	const one = await at.story({ ...settings, carrier: { ...defaultCarrier, numbers: "bare" } }, "http");
	const events = [
		{ id: "bare-1", from: "447700900123", text: "From abroad" },
		{ id: "bare-2", from: "72880", text: "Short" },
		{ id: "bare-3", from: "+447700900123", text: "With a plus" },
	];
	expect((await bring(one.address.id, events)).statusCode).toBe(204);
	const [first, ...others] = await at.messaging.withCustomer(one.address.id, "+447700900123", 5);
	expect(others.map(({ text }) => text)).toEqual(["With a plus"]);
	expect(await at.messaging.withCustomer(one.address.id, "72880", 5)).toMatchObject([{ text: "Short" }]);
	const conversationId = first?.conversationId ?? "";
	const { communicationId } = await one.accept(conversationId);
	await at.messaging.write(conversationId, communicationId, "Hello", one.by);
	await at.sent();
	const told = { from: one.address.address.slice(1), to: "447700900123", text: "Hello" };
	expect(JSON.parse(carrier.got[0]?.body ?? "")).toMatchObject(told);
	await carrier.close();
});

test("a message that was sent again stood beside the one that had failed, as if both were said", async () => {
	const one = await at.story({}, "open");
	const { conversationId = "" } = await one.arrive("Hello?");
	const { communicationId } = await one.accept(conversationId);
	at.provider.fail(new MessageRefused({ code: "x", message: "no such phone" }));
	const url = `${path}/${conversationId}/communications/${communicationId}/messages`;
	const as = signedIn(one.agent);
	const write = (body: object) => api.call("POST", url, { as, body });
	const failed = (await write({ textBody: "On its way." })).json().id;
	await at.sent();
	const again = await write({ textBody: "On its way.", inlayAgainOf: failed });
	expect([again.statusCode, again.json().inlayAgainOf]).toEqual([200, failed]);
	await at.sent();
	const thread = await api.call("GET", `/api/inlay/v1/conversations/messages/${conversationId}/thread`, { as });
	expect(thread.json().entities.slice(1)).toMatchObject([
		{ id: failed, status: "failed" },
		{ againOf: failed, status: "sent" },
	]);
	const twice = await write({ textBody: "On its way.", inlayAgainOf: failed });
	expect([twice.statusCode, twice.json().code]).toEqual([409, "message.again.sent"]);
	const good = await write({ textBody: "Once more?", inlayAgainOf: again.json().id });
	expect([good.statusCode, good.json().details?.[0]?.fieldName]).toEqual([400, "inlayAgainOf"]);
});

test("a queue with two numbers wrote by one of them alone", async () => {
	const one = await at.story({ webhookUrl: "https://carrier.example", secret }, "http");
	const second = { ...one.address, id: randomUUID(), name: "Number z", address: "+4930999001" };
	await at.world.kernel.database.change((trx) => at.messaging.addresses.store.save(trx, second));
	const as = signedIn(one.agent, "conversation:message:create");
	const body = { queueId: one.queue.id, toAddress: "+4915123456002", toAddressMessengerType: "sms" };
	const begin = (more: object) => api.call("POST", path, { as, body: { ...body, ...more } });
	const ourOf = async (answer: Promise<{ json(): { id: string } }>) => {
		const conversation = await at.world.conversations.get((await answer).json().id);
		return conversation?.internal.exchange?.our;
	};
	expect(await ourOf(begin({ inlayFromAddress: second.address }))).toBe(second.address);
	expect(await ourOf(begin({}))).toBe(one.address.address);
	expect((await begin({ inlayFromAddress: "+4930000000" })).statusCode).toBe(400);
	const queues = await api.call("GET", "/api/inlay/v1/messaging/queues/me", { as });
	expect(queues.json().entities).toMatchObject([
		{ address: one.address.address, addresses: [one.address.address, second.address] },
	]);
});

test("the file of a response could not be sent in an exchange: it is another message, as one's own would be", async () => {
	const one = await at.story({ webhookUrl: "https://carrier.example", secret, mms: true }, "http");
	const { conversationId = "" } = await one.arrive("The form, please");
	const { communicationId } = await one.accept(conversationId);
	const url = `/api/inlay/v1/conversations/messages/${conversationId}/communications/${communicationId}/responsefiles`;
	const send = (token: string, body: object) =>
		api.http.inject({ method: "POST", url, payload: body, headers: { authorization: `Bearer ${token}` } });
	const [mine, plain] = [signedIn(one.agent, "responses:response:view"), signedIn(`${one.agent}-other`)];
	const wish = { responseId: "form", assetId: "asset" };
	expect((await send(plain, wish)).statusCode).toBe(403);
	expect((await send(mine, { ...wish, assetId: "other" })).statusCode).toBe(404);
	expect((await send(mine, { ...wish, responseId: "other" })).statusCode).toBe(404);
	const sent = await send(mine, wish);
	expect([sent.statusCode, sent.json().media]).toMatchObject([200, [{ mediaType: "text/plain", name: "form.txt" }]]);
	const without = await at.story({ webhookUrl: "https://carrier.example", secret }, "http");
	const other = await without.arrive("The form, please");
	const own = await without.accept(other.conversationId ?? "");
	const there = `/api/inlay/v1/conversations/messages/${other.conversationId}/communications/${own.communicationId}/responsefiles`;
	const refused = await api.http.inject({
		...{ method: "POST", url: there, payload: wish },
		headers: { authorization: `Bearer ${signedIn(without.agent, "responses:response:view")}` },
	});
	expect([refused.statusCode, refused.json().code]).toEqual([403, "message.file.off"]);
});

test("a response's file that messages do not take, or that found no room, was left open in the storage", async () => {
	const one = await at.story({ webhookUrl: "https://carrier.example", secret, mms: true }, "http");
	const { conversationId = "" } = await one.arrive("The forms, please");
	const { communicationId } = await one.accept(conversationId);
	const url = `/api/inlay/v1/conversations/messages/${conversationId}/communications/${communicationId}/responsefiles`;
	const headers = { authorization: `Bearer ${signedIn(one.agent, "responses:response:view")}` };
	const send = async (assetId: string) => {
		const answer = await api.http.inject({ method: "POST", url, payload: { responseId: "form", assetId }, headers });
		return [answer.statusCode, answer.json().code];
	};
	opened.length = 0;
	expect(await send("zipped")).toEqual([400, "message.file.type"]);
	expect(opened).toEqual([]);
	const { room } = at.world.kernel;
	const require = room.require;
	room.require = () => {
		throw new ApiError(503, "storage.full", "No room.");
	};
	expect((await send("asset"))[0]).toBe(503);
	room.require = require;
	expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
});

test("a file that was sent again, as its answer was lost, was two messages", async () => {
	const one = await at.story({ webhookUrl: "https://carrier.example", secret, mms: true }, "http");
	const { conversationId = "" } = await one.arrive("A picture, please");
	const { communicationId } = await one.accept(conversationId);
	const files = `/api/inlay/v1/conversations/messages/${conversationId}/communications/${communicationId}/files`;
	const authorization = `Bearer ${signedIn(one.agent)}`;
	const send = (key: string, name = "map.png", payload = png) =>
		api.http.inject({
			...{ method: "POST", url: `${files}?name=${name}&size=${payload.length}`, payload },
			headers: { "content-type": "application/octet-stream", authorization, "idempotency-key": key },
		});
	const [first, again] = await Promise.all([send("key-one-of-it"), send("key-one-of-it")]);
	const later = await send("key-one-of-it");
	expect([first, again, later].map((one) => one.statusCode)).toEqual([200, 200, 200]);
	expect(new Set([first, again, later].map((one) => one.json().id)).size).toBe(1);
	expect((await send("key-one-of-it", "other.png")).json()).toMatchObject({ code: "idempotency.key.reused" });
	const other = Buffer.from(png).fill(1, png.length - 8);
	expect((await send("key-one-of-it", "map.png", other)).json()).toMatchObject({ code: "idempotency.key.reused" });
	expect((await send("key-two-of-it")).json().id).not.toBe(first.json().id);
	const all = await at.messaging.withCustomer(one.address.id, "+4915123456789", 9);
	expect(all.map(({ text }) => text)).toEqual(["A picture, please", "map.png", "map.png"]);
});
