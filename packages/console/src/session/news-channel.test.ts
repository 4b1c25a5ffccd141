import { beforeEach, expect, it } from "vitest";
import { FakeApi, refuse } from "../test-support/fake-api.ts";
import { NewsChannel, type NewsSocket } from "./news-channel.ts";

let api: FakeApi;
let sockets: Array<NewsSocket & { url: string; isClosed: boolean }>;
let timers: Array<{ ms: number; work: () => void }>;
let told: unknown[];
let opened: number;
let channel: NewsChannel;

const subscriptions = "PUT /api/v2/notifications/channels/c1/subscriptions?ignoreErrors=true";

beforeEach(() => {
	api = new FakeApi();
	api.on("POST /api/v2/notifications/channels", { id: "c1", connectUri: "wss://inlay.example/channels/c1" });
	api.on(subscriptions, {});
	[sockets, timers, told, opened] = [[], [], [], 0];
	channel = new NewsChannel(api, {
		topics: ["v2.inlay.home.queues"],
		onNews: ({ eventBody }) => told.push(eventBody),
		onOpen: () => opened++,
		random: () => 1,
		openSocket: (url) => {
			const socket = { url, isClosed: false, onopen: null, onmessage: null, onclose: null, close: () => {} };
			socket.close = () => {
				socket.isClosed = true;
			};
			sockets.push(socket);
			return socket;
		},
		after: (ms, work) => {
			const timer = { ms, work };
			timers.push(timer);
			return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
		},
	});
});

const last = () => sockets.at(-1);
const frame = (topicName: string, eventBody: unknown, position?: number) =>
	last()?.onmessage?.({ data: JSON.stringify({ topicName, eventBody, metadata: { position } }) });

async function live(): Promise<void> {
	channel.start();
	await expect.poll(() => sockets).toHaveLength(1);
	last()?.onopen?.();
}

it("asks for its topics, tells what comes, and comes back where it was", async () => {
	await live();
	expect(api.asked.at(-1)).toMatchObject({ what: subscriptions, body: [{ id: "v2.inlay.home.queues" }] });
	expect([channel.state.value, opened]).toEqual(["live", 1]);
	frame("v2.inlay.home.queues", {}, 41);
	frame("channel.metadata", { message: "WebSocket Heartbeat" });
	expect(told).toEqual([{}]);
	last()?.onclose?.();
	expect(channel.state.value).toBe("lost");
	timers.at(-1)?.work();
	await expect.poll(() => sockets).toHaveLength(2);
	expect(last()?.url).toBe("wss://inlay.example/channels/c1?position=41");
	last()?.onopen?.();
	expect([channel.state.value, opened]).toEqual(["live", 2]);
});

it("takes silence for a broken line, waits longer each time, and makes another channel where the old one lets nobody in", async () => {
	await live();
	expect(timers.map(({ ms }) => ms)).toEqual([45_000]);
	timers[0]?.work();
	await expect.poll(() => sockets).toHaveLength(2);
	expect(sockets[0]?.isClosed).toBe(true);
	last()?.onclose?.();
	expect(timers.map(({ ms }) => ms)).toEqual([500]);
	timers[0]?.work();
	await expect.poll(() => sockets).toHaveLength(3);
	last()?.onclose?.();
	expect(timers.map(({ ms }) => ms)).toEqual([1000]);
	expect(api.asked.filter(({ what }) => what.startsWith("POST"))).toHaveLength(2);
});

it("says that it may not, and asks no more after it was stopped", async () => {
	api.on("POST /api/v2/notifications/channels", () => {
		throw refuse(403, "missing.permissions");
	});
	channel.start();
	await expect.poll(() => channel.state.value).toBe("refused");
	expect(timers).toEqual([]);
	channel.stop();
	api.on("POST /api/v2/notifications/channels", () => {
		throw refuse(0, "network");
	});
	channel.start();
	await expect.poll(() => timers).toHaveLength(1);
	channel.stop();
	expect([timers, sockets]).toEqual([[], []]);
});

const left = () => api.asked.filter(({ what }) => what === "DELETE /api/v2/notifications/channels/c1/subscriptions");

it("went on costing the server what nobody listened to any more", async () => {
	await live();
	channel.stop();
	expect(left()).toHaveLength(1);
	channel.start();
	await expect.poll(() => sockets).toHaveLength(2);
	expect(api.asked.at(-1)?.what, "another channel").toBe(subscriptions);
});

it("was stopped while its channel was being made, and left that behind", async () => {
	channel.start();
	channel.stop();
	await expect.poll(left).toHaveLength(1);
	expect([timers, sockets]).toEqual([[], []]);
});
