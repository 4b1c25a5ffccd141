import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { attachWebSockets } from "../kernel/http/websocket.ts";
import { createLog } from "../kernel/log.ts";
import type { Principal } from "../kernel/principal.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { type JsonSocketOptions, jsonSocket } from "./json-socket.ts";
import { Notifications } from "./notifications.ts";
import type { NotificationFrame } from "./session.ts";
import { channelStore, type StoredChannel } from "./store.ts";
import { fakePorts } from "./test-support/fake-ports.ts";
import { note, notes } from "./test-support/listener.ts";

let kernel: TestKernel;
const ports = fakePorts();
let notifications: Notifications;
let server: Server;
let sockets: { close(): void };
const clients = new Set<WebSocket>();

beforeAll(async () => {
	kernel = await testKernel();
});
afterAll(() => kernel.close());

beforeEach(() => {
	notifications = new Notifications(kernel, channelStore(kernel.database.db), ports);
});
afterEach(async () => {
	await notifications.stop();
	for (const client of clients) client.terminate();
	clients.clear();
	sockets.close();
	server.close();
	await once(server, "close");
});

async function listen(options: JsonSocketOptions = {}): Promise<void> {
	server = createServer();
	sockets = attachWebSockets(server, [jsonSocket(notifications, createLog("silent"), options)]);
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
}

interface Client {
	socket: WebSocket;
	frames: NotificationFrame[];
}

async function connect(channelId: string, query = ""): Promise<Client> {
	const { port } = server.address() as AddressInfo;
	const socket = new WebSocket(`ws://127.0.0.1:${port}/channels/${channelId}${query}`);
	clients.add(socket);
	const frames: NotificationFrame[] = [];
	socket.on("message", (data) => frames.push(JSON.parse(data.toString()) as NotificationFrame));
	socket.on("error", () => {});
	await once(socket, "open");
	return { socket, frames };
}

async function follow(me: Principal): Promise<StoredChannel> {
	const channel = await notifications.createChannel(me, "plain");
	await notifications.subscribe(me, channel.id, [topicOf(me)], { replace: true, ignoreErrors: false });
	return channel;
}

const person = () => testPrincipal({ userId: randomUUID(), tokenHash: randomUUID(), grants: [] });
const topicOf = (me: Principal) => `v2.users.${me.userId}.presence`;
const tell = (me: Principal, text: unknown) =>
	kernel.database.change((trx) => kernel.events.append(trx, [note([topicOf(me)], text)]));

describe("the notification WebSocket", () => {
	it("beats", async () => {
		// Long enough for a busy machine to answer in time.
		await listen({ heartbeatMs: 300 });
		const { frames } = await connect((await follow(person())).id);
		await vi.waitFor(() => expect(frames.length).toBeGreaterThan(2));
		expect(frames[0]).toEqual({
			topicName: "channel.metadata",
			version: "2",
			eventBody: { message: "WebSocket Heartbeat" },
			metadata: { CorrelationId: expect.any(String), position: expect.stringMatching(/^\d+\.\d+$/) },
		});
	});

	it("ends a connection whose other side has silently gone", async () => {
		await listen({ heartbeatMs: 20 });
		const { socket } = await connect((await follow(person())).id);
		socket.pause();
		await vi.waitFor(async () => {
			const open = await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
			expect(open).toBe(0);
		});
	});

	it("answers a ping, also one that comes before the channel is read, and ignores what it does not know", async () => {
		await listen();
		const { socket, frames } = await connect((await follow(person())).id);
		for (const text of ['{"message":"ping"}', "not json", "null", "[]", '{"message":7}', '{"message":"ping"}'])
			socket.send(text);
		await vi.waitFor(() => expect(frames).toHaveLength(2));
		expect(frames.map((frame) => [frame.topicName, frame.eventBody])).toEqual([
			["channel.metadata", { message: "pong" }],
			["channel.metadata", { message: "pong" }],
		]);
		expect(socket.readyState).toBe(socket.OPEN);
	});

	it("survives a message that is too large: only that socket ends", async () => {
		await listen();
		const me = person();
		const channel = await follow(me);
		const { socket } = await connect(channel.id);
		socket.send("x".repeat(65 * 1024));
		await once(socket, "close");
		const again = await connect(channel.id);
		await tell(me, "still there");
		await vi.waitFor(() => expect(notes(again.frames)).toEqual(["still there"]));
	});

	it.each([
		["unknown", async () => "channel-unknown-0000"],
		["of a phone", async () => (await notifications.createChannel(person(), "streaming")).id],
	])("refuses a channel that is %s with 404", async (_what, idOf) => {
		await listen();
		const { port } = server.address() as AddressInfo;
		const socket = new WebSocket(`ws://127.0.0.1:${port}/channels/${await idOf()}`);
		const [error] = (await once(socket, "error")) as [Error];
		expect(error.message).toContain("404");
	});

	it("goes on from the position that the client names", async () => {
		await listen();
		const me = person();
		const channel = await follow(me);
		const first = await connect(channel.id);
		for (const text of [1, 2, 3]) await tell(me, text);
		await vi.waitFor(() => expect(notes(first.frames)).toEqual([1, 2, 3]));
		first.socket.terminate();
		const position = first.frames[0]?.metadata.position;
		const again = await connect(channel.id, `?position=${position}`);
		await vi.waitFor(() => expect(notes(again.frames)).toEqual([2, 3]));
		const odd = await connect(channel.id, "?position=%27drop");
		await tell(me, 4);
		await vi.waitFor(() => expect(notes(odd.frames)).toEqual([4]));
	});

	it("cuts off a client that does not read, holds nothing for it, and loses nothing of its", async () => {
		await listen({ maxBacklogBytes: 2_500_000 });
		const me = person();
		const channel = await follow(me);
		const slow = await connect(channel.id);
		slow.socket.pause();
		const total = 150;
		const large = "x".repeat(100_000);
		for (let count = 0; count < total; count++) await tell(me, `${count} ${large}`);
		slow.socket.resume();
		await once(slow.socket, "close");
		const read = notes(slow.frames).length;
		expect(read).toBeLessThan(total);
		const again = await connect(channel.id, `?position=${slow.frames.at(-1)?.metadata.position ?? "0.0"}`);
		await vi.waitFor(() => expect(notes(again.frames)).toHaveLength(total - read));
		const numbers = notes([...slow.frames, ...again.frames]).map((text) => Number(String(text).split(" ")[0]));
		expect(numbers).toEqual(Array.from({ length: total }, (_, index) => index));
	});

	it("50 writers, sockets that come and go: each topic's events once, in order", async () => {
		await listen();
		const people = Array.from({ length: 10 }, person);
		const channels = await Promise.all(people.map(follow));
		const each = 12;
		let writing = true;
		const readers = people.map(async (me, index) => {
			const got: NotificationFrame[] = [];
			let position: string | undefined;
			const complete = () => notes(got).length === 5 * each && !writing;
			for (let turn = 0; !complete(); turn++) {
				const one = await connect(channels[index]?.id ?? "", position ? `?position=${position}` : "");
				const wanted = turn % 3;
				await vi.waitFor(() => expect(notes(one.frames).length > wanted || !writing).toBe(true), 20_000);
				if (!writing)
					await vi.waitFor(
						() => expect(notes([...got, ...one.frames]).length).toBeGreaterThanOrEqual(5 * each),
						20_000,
					);
				one.socket.terminate();
				got.push(...one.frames.splice(0));
				position = got.at(-1)?.metadata.position;
			}
			return { me, got };
		});
		const writers = Array.from({ length: 50 }, async (_, writer) => {
			const me = people[writer % people.length] as Principal;
			for (let count = 0; count < each; count++) await tell(me, `${writer} ${count}`);
		});
		await Promise.all(writers);
		writing = false;
		for (const { me, got } of await Promise.all(readers)) {
			const texts = notes(got);
			expect(new Set(texts).size, "nothing twice").toBe(texts.length);
			expect(texts).toEqual(await logged(topicOf(me)));
		}
	});
});

/** What the log has on a topic, in its order. */
async function logged(topic: string): Promise<unknown[]> {
	const events = await kernel.told();
	const own = events.flatMap((event) => event.announcements).filter((one) => one.topics.includes(topic));
	return own.map((one) => (one.eventBody as { note: unknown }).note);
}
