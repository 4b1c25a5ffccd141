import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Connections } from "./connections.ts";

let server: Server;
let connections: Connections;
const crowded: string[] = [];
const used = new Set<string>();
const clients: Socket[] = [];

beforeEach(async () => {
	crowded.length = 0;
	connections = new Connections({
		message: () => {},
		inUse: (address) => used.has(address),
		crowded: (address) => crowded.push(address),
		limits: { mostFromOne: 2, idleMs: 200, keepAliveMs: 20 },
	});
	connections.start();
	server = createServer((socket) =>
		connections.take(socket, { transport: "tcp", address: "127.0.0.1", port: socket.remotePort ?? 0 }),
	);
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
});
afterEach(() => {
	used.clear();
	for (const client of clients.splice(0)) client.destroy();
	connections.stop();
	server.close();
});

async function connected(): Promise<{ socket: Socket; isClosed: () => boolean; heard: () => number }> {
	const socket = connect((server.address() as { port: number }).port, "127.0.0.1");
	let heard = 0;
	socket.on("data", (bytes) => {
		heard += bytes.length;
	});
	socket.on("error", () => {});
	clients.push(socket);
	await once(socket, "connect");
	return { socket, isClosed: () => socket.destroyed || socket.readableEnded, heard: () => heard };
}

it("our own signs of life kept connections open on which nobody said anything", async () => {
	const { isClosed, heard } = await connected();
	await expect.poll(isClosed).toBe(true);
	expect(heard()).toBeGreaterThan(0);
});

it("one on which something is said, and one that a call needs, stay", async () => {
	const talking = await connected();
	const saying = setInterval(() => talking.socket.write("\r\n\r\n"), 20);
	const silent = await connected();
	await expect.poll(silent.isClosed).toBe(true);
	expect(talking.isClosed()).toBe(false);
	clearInterval(saying);
	used.add("127.0.0.1");
	const before = talking.heard();
	await expect.poll(talking.heard, { message: "many idle times later" }).toBeGreaterThan(before + 4 * 60);
	expect(talking.isClosed()).toBe(false);
});

it("one too many was closed without a word, and those that we had opened were counted", async () => {
	const [first, second] = [await connected(), await connected()];
	used.add("127.0.0.1");
	const third = await connected();
	await expect.poll(third.isClosed).toBe(true);
	expect(crowded).toEqual(["127.0.0.1"]);
	expect([first.isClosed(), second.isClosed()]).toEqual([false, false]);
});
