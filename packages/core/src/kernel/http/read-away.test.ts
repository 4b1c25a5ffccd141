import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestApi, testApi } from "../../test-support/test-api.ts";
import { ApiError } from "./api-error.ts";
import { noPermission, publicRoute, route, writeScope } from "./route.ts";

const open = { permission: noPermission, scope: publicRoute, summary: "", success: { status: 200 } } as const;
/** More than fits into the buffers of a connection. */
const large = 24 * 1024 * 1024;
const fileType = "application/octet-stream";
let api: TestApi;
let port: number;

beforeEach(async () => {
	const file = route({
		...{ ...open, method: "PUT", path: "/api/v2/file", operationId: "putFile", acceptsFile: true },
		async handler({ body }) {
			for await (const _part of body as unknown as Readable) throw new ApiError(413, "attachment.size", "Too large.");
		},
	});
	const json = route({
		...{ ...open, method: "POST", path: "/api/v2/json", operationId: "postJson" },
		handler: () => ({ isThere: true }),
	});
	const closed = { ...json, path: "/api/v2/closed", operationId: "closed", scope: writeScope("users") };
	api = await testApi([file, json, closed], {});
	await api.http.listen({ port: 0, host: "127.0.0.1" });
	port = (api.http.server.address() as AddressInfo).port;
});
afterEach(async () => {
	await api.close();
});

/** As browsers do: everything is sent before anything of the answer is read. */
async function sends(
	socket: Socket,
	request: string,
	size: number,
): Promise<{ status: number; body: { message: string } }> {
	socket.pause();
	socket.write(`${request}\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`);
	const part = Buffer.alloc(65_536, "x");
	for (let sent = 0; sent < size; sent += part.length)
		if (!socket.write(part.subarray(0, size - sent))) await once(socket, "drain");
	let text = "";
	while (!/\r\n\r\n.*\}$/.test(text)) text += String(await nextPart(socket));
	return { status: Number(text.slice(9, 12)), body: JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4)) };
}

async function nextPart(socket: Socket): Promise<Buffer> {
	const [part] = socket.readableLength > 0 ? [socket.read()] : await once(socket.resume(), "data");
	socket.pause();
	return part;
}

async function connected(): Promise<Socket> {
	const socket = connect(port, "127.0.0.1");
	await once(socket, "connect");
	return socket;
}

const cases: Array<[what: string, request: string, type: string, status: number]> = [
	["a file that its handler refuses halfway", "PUT /api/v2/file", fileType, 413],
	["a body that is too large", "POST /api/v2/json", "application/json", 413],
	["a body of another media type", "PUT /api/v2/file", "image/png", 415],
	["a form where none is taken", "POST /api/v2/json", "application/x-www-form-urlencoded", 415],
	["nobody known", "POST /api/v2/closed", "application/json", 401],
	["an address at which nothing is", "PUT /api/v2/nothing", fileType, 404],
];

it.each(cases)(
	"the answer to %s was lost, as the connection was cut while the rest came",
	async (_what, request, type, status) => {
		const socket = await connected();
		const refused = await sends(socket, `${request} HTTP/1.1\r\nContent-Type: ${type}`, large);
		expect([refused.status, refused.body]).toMatchObject([status, { status }]);
		const next = await sends(socket, "POST /api/v2/json HTTP/1.1", 0);
		expect(next.status, "the next request of the same connection").toBe(200);
		socket.destroy();
	},
);

it("415 said application/json of every operation, and not what had come", async () => {
	const socket = await connected();
	const { body } = await sends(socket, "PUT /api/v2/file HTTP/1.1\r\nContent-Type: image/png; x=1", 10);
	expect(body.message).toBe("Send the body as application/octet-stream, not as image/png.");
	socket.destroy();
});

it("the rest of a body whose length nobody knows is taken for a moment only, and a request behind it is not done", async () => {
	const socket = connect(port, "127.0.0.1");
	socket.on("error", () => undefined);
	const head = "Host: x\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked";
	socket.write(`PUT /api/v2/file HTTP/1.1\r\n${head}\r\n\r\n1\r\nx\r\n`);
	const [answer] = (await once(socket, "data")) as [Buffer];
	expect(String(answer)).toMatch(/^HTTP\/1\.1 415 [\s\S]*connection: close/i);
	socket.write("0\r\n\r\nPOST /api/v2/json HTTP/1.1\r\nHost: x\r\n\r\n");
	let more = "";
	socket.on("data", (data) => {
		more += data;
	});
	await once(socket, "close");
	expect(more).toBe("");
});

it("a connection that was told 408 stayed open for as long as its other end wanted", async () => {
	const limits = { requestMs: 300, headersMs: 300, checkMs: 50 };
	const slow = await testApi([], {}, { limits });
	await slow.http.listen({ port: 0, host: "127.0.0.1" });
	const at = (slow.http.server.address() as AddressInfo).port;
	const socket = connect({ port: at, host: "127.0.0.1", allowHalfOpen: true });
	socket.on("error", () => undefined);
	socket.write("POST /api/v2/json HTTP/1.1\r\nHost: x\r\nContent-Le");
	const [answer] = (await once(socket, "data")) as [Buffer];
	expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
	const connections = () =>
		new Promise((resolve) => slow.http.server.getConnections((_error, count) => resolve(count)));
	await expect.poll(connections, { timeout: 10_000 }).toBe(0);
	socket.destroy();
	await slow.close();
});
