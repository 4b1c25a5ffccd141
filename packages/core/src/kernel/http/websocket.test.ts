import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import WebSocket from "ws";
import type { OperatorLine } from "../operator-log.ts";
import { type AttachedWebSockets, attachWebSockets } from "./websocket.ts";

let server: Server;
let sockets: AttachedWebSockets;
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
				accept: async (_request, { name }) => {
					if (name === "broken") throw new Error("broken");
					return name === "others" ? 403 : 101;
				},
				connected(socket, { name }) {
					socket.on("message", (data) => socket.send(`${name}: ${data}`));
				},
			},
		],
		{
			allowsOrigin: async (origin) => origin === "https://crm.example",
			operators: { warn: (line) => void told.push(line) },
		},
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

it("a socket was opened from an address outside the organization's list, and stayed open when the list changed", async () => {
	sockets.close();
	let listed = ["127.0.0.1"];
	const endpoint = { maxPayload: 100, accept: async () => 101, connected() {} };
	sockets = attachWebSockets(
		server,
		[
			{ ...endpoint, path: /^\/own$/, ownPeople: true },
			{ ...endpoint, path: /^\/customer$/ },
		],
		{
			allowsAddress: (address) => listed.includes(address),
			trustProxy: ["127.0.0.1"],
			operators: { warn: (line) => void told.push(line) },
		},
	);
	const open = (path: string, from: string) => {
		const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { "x-forwarded-for": from } });
		return new Promise<WebSocket | number>((resolve) => {
			socket.on("error", () => {});
			socket.on("unexpected-response", (_request, answer) => resolve(answer.statusCode ?? 0));
			socket.on("open", () => resolve(socket));
		});
	};
	expect(await open("/own", "127.0.0.77")).toBe(401);
	expect(told).toContainEqual(expect.objectContaining({ code: "ip.not.authorized", address: "127.0.0.77" }));
	expect(await open("/customer", "127.0.0.77")).toBeInstanceOf(WebSocket);
	const own = await open("/own", "127.0.0.1");
	if (!(own instanceof WebSocket)) throw new Error("The socket was refused.");
	const closed = new Promise((resolve) => own.on("close", (code, reason) => resolve([code, reason.toString()])));
	await sockets.endDisallowed();
	expect(own.readyState).toBe(WebSocket.OPEN);
	listed = ["192.0.2.1"];
	await sockets.endDisallowed();
	expect(await closed).toEqual([1008, "ip.not.authorized"]);
});

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

it("a page that a socket's own list refused was told to nobody", async () => {
	expect(await statusOf("/echo/others", "https://crm.example")).toBe("HTTP/1.1 403 Forbidden");
	expect(told).toEqual([{ event: "access.refused", code: "origin.not.allowed", origin: "https://crm.example" }]);
});

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

it("a thousand guesses of nobody at once had each a look-up of its own, and whoever was signed in stood behind them", async () => {
	sockets.close();
	let [atOnce, most, asked] = [0, 0, 0];
	let open = () => {};
	const held = new Promise<void>((resolve) => {
		open = resolve;
	});
	const accept = async () => {
		most = Math.max(most, ++atOnce);
		asked++;
		await held;
		atOnce--;
		return 404;
	};
	const path = /^\/channels\/(?<id>\w+)$/;
	const isKnown = ({ id = "" }) => id === "mine";
	const endpoint = { path, isKnown, maxPayload: 100, connected() {} };
	const admit = async (_request: unknown, { id }: Record<string, string>) => (id === "mine" ? 101 : accept());
	sockets = attachWebSockets(server, [{ ...endpoint, accept: admit }], { strangersPerMinute: 20 });
	const guesses = Array.from({ length: 30 }, (_, index) => answerTo(`/channels/guess${index}`));
	await vi.waitFor(() => expect(asked).toBe(4));
	expect(await statusOf("/channels/mine")).toBe("HTTP/1.1 101 Switching Protocols");
	open();
	const answers = await Promise.all(guesses);
	const counted = answers.filter((one) => one.startsWith("HTTP/1.1 429"));
	expect([most, asked, counted.length]).toEqual([4, 20, 10]);
	expect(counted[0]).toMatch(/retry-after: \d+/);
	expect(counted[0]).toContain("too.many.requests");
	expect(await statusOf("/nowhere"), "nor is any other path free").toMatch(/429/);
	expect(await statusOf("/channels/mine")).toBe("HTTP/1.1 101 Switching Protocols");
});
