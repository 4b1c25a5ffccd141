import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import WebSocket from "ws";
import type { OperatorLine } from "../operator-log.ts";
import { attachWebSockets } from "./websocket.ts";

let server: Server;
let sockets: { close(): void };
let port: number;
let told: OperatorLine[];
beforeEach(async () => {
	server = createServer();
	told = [];
	sockets = attachWebSockets(
		server,
		[
			{
				path: /^\/echo\/(?<name>\w+)$/,
				maxPayload: 100,
				accept: async (_request, { name }) => (name === "broken" ? Promise.reject(new Error("broken")) : 101),
				connected(socket, { name }) {
					socket.on("message", (data) => socket.send(`${name}: ${data}`));
				},
			},
		],
		async (origin) => origin === "https://crm.example",
		{ warn: (line) => void told.push(line) },
	);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
	sockets.close();
	await new Promise((resolve) => server.close(resolve));
});

/** The status line that a raw upgrade request gets. */
async function statusOf(path: string, origin?: string): Promise<string> {
	return (await answerTo(path, origin)).split("\r\n")[0] ?? "";
}

function answerTo(path: string, origin?: string): Promise<string> {
	const from = origin === undefined ? "" : `Origin: ${origin}\r\n`;
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1", () => {
			socket.write(
				`GET ${path} HTTP/1.1\r\nHost: x\r\n${from}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
			);
		});
		socket.once("data", (data) => {
			socket.destroy();
			resolve(data.toString());
		});
	});
}

it.each([
	["/echo/me", "HTTP/1.1 101 Switching Protocols"],
	["/platform/echo/me?x=1", "HTTP/1.1 101 Switching Protocols"],
	["/nowhere", "HTTP/1.1 404 Not Found"],
	["/echo/broken", "HTTP/1.1 500 Internal Server Error"],
	["/%E0%A4%A", "HTTP/1.1 400 Bad Request"],
])("%s: %s", async (path, status) => {
	expect(await statusOf(path)).toBe(status);
});

it.each(["https://evil.example", "null", "https://crm.example.evil.example"])(
	"opened for a page of any origin: %s is refused, with headers as on every answer",
	async (origin) => {
		const answer = await answerTo("/echo/me", origin);
		expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden/);
		expect(answer).toContain("x-content-type-options: nosniff");
		expect(answer).toContain("frame-ancestors 'none'");
		expect(told).toEqual([{ event: "access.refused", code: "origin.not.allowed", origin }]);
	},
);

it("opens for a page that may call the API, and for programs, which name no origin", async () => {
	expect(await statusOf("/echo/me", "https://crm.example")).toBe("HTTP/1.1 101 Switching Protocols");
	expect(await statusOf("/echo/me")).toBe("HTTP/1.1 101 Switching Protocols");
});

it("closes a socket that sends too much, and serves the next", async () => {
	const rude = new WebSocket(`ws://127.0.0.1:${port}/echo/me`);
	rude.on("open", () => rude.send("x".repeat(101)));
	expect(await new Promise((resolve) => rude.on("close", resolve))).toBe(1009);
	const polite = new WebSocket(`ws://127.0.0.1:${port}/echo/me`);
	polite.on("open", () => polite.send("hello"));
	expect(await new Promise((resolve) => polite.on("message", (data) => resolve(String(data))))).toBe("me: hello");
	polite.close();
});
