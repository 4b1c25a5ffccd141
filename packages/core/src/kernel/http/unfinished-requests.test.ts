import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Type } from "typebox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestApi, testApi } from "../../test-support/test-api.ts";
import { noPermission, publicRoute, route, writeScope } from "./route.ts";

let api: TestApi;
let port: number;
const sockets: Socket[] = [];

beforeEach(async () => {
	const echo = route({
		method: "POST",
		path: "/api/v2/echo",
		operationId: "echo",
		summary: "",
		permission: noPermission,
		scope: publicRoute,
		body: Type.Object({ a: Type.Optional(Type.Integer()) }),
		success: { status: 200 },
		handler: ({ body }) => body,
	});
	const closed = { ...echo, path: "/api/v2/closed", operationId: "closed", scope: writeScope("users") };
	api = await testApi([echo, closed], {});
	await api.http.listen({ port: 0, host: "127.0.0.1" });
	port = (api.http.server.address() as AddressInfo).port;
});
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await api.close();
});

async function half(path = "/api/v2/echo"): Promise<Socket> {
	const socket = connect(port, "127.0.0.1");
	sockets.push(socket);
	socket.on("error", () => undefined);
	await once(socket, "connect");
	const head = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 7";
	socket.write(`POST ${path} HTTP/1.1\r\n${head}\r\n\r\n{`);
	return socket;
}

const whole = () =>
	fetch(`http://127.0.0.1:${port}/api/v2/echo`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: "{}",
	});

it("one address could leave any number of bodies half sent: the rest of it is refused, and the others go on", async () => {
	const first = await Promise.all(Array.from({ length: 100 }, () => half()));
	const refused = await half();
	const [answer] = (await once(refused, "data")) as [Buffer];
	expect(answer.toString()).toMatch(/^HTTP\/1\.1 429 /);
	expect(answer.toString()).toContain("too.many.requests");
	first[0]?.write('"a":1}');
	const [done] = (await once(first[0] as Socket, "data")) as [Buffer];
	expect(done.toString()).toMatch(/^HTTP\/1\.1 200 /);
	expect((await whole()).status).toBe(200);
});

it("bodies that arrive whole are never too many", async () => {
	const answers = await Promise.all(Array.from({ length: 300 }, whole));
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

it("an address of which a hundred bodies had not come before they were refused was shut out for good", async () => {
	const cut = await Promise.all(Array.from({ length: 100 }, () => half("/api/v2/closed")));
	for (const socket of cut) {
		const [answer] = socket.readableLength > 0 ? [socket.read()] : ((await once(socket, "data")) as [Buffer]);
		expect(String(answer)).toMatch(/^HTTP\/1\.1 401 /);
		socket.destroy();
	}
	await expect.poll(async () => (await whole()).status).toBe(200);
});

it("a connection remembered each request whose body came after the answer", async () => {
	const connected = once(api.http.server, "connection") as Promise<[Socket]>;
	const client = await half("/api/v2/closed");
	const [socket] = await connected;
	await once(client, "data");
	const listening = socket.listenerCount("close");
	for (let more = 0; more < 12; more++) {
		client.write('"a":1}');
		client.write(
			"POST /api/v2/closed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{",
		);
		await once(client, "data");
	}
	expect(socket.listenerCount("close")).toBe(listening);
});
