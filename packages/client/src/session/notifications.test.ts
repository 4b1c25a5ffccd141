import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { FakeSockets } from "../test-support/fake-sockets.ts";
import { type ApiClient, ApiError } from "./api.ts";
import { type Notification, NotificationChannel } from "./notifications.ts";

let clock: FakeClock;
let sockets: FakeSockets;
let received: Notification[];
let fresh: number;
let troubles: (string | undefined)[];
let revoked: number;
let requests: string[];
/** Answer of the next requests; a function so that a test can change it. */
let refuse: () => ApiError | undefined;
let topics: string[];
/** What was subscribed to, or was to be. */
let puts: string[][];
let channel: NotificationChannel;

beforeEach(() => {
	clock = new FakeClock();
	sockets = new FakeSockets();
	received = [];
	requests = [];
	puts = [];
	topics = ["v2.users.me.conversations"];
	troubles = [];
	fresh = revoked = 0;
	refuse = () => undefined;
	const answer = async (method: string, path: string) => {
		requests.push(`${method} ${path}`);
		const error = refuse();
		if (error) throw error;
		return { id: `c${requests.length}`, connectUri: "ws://server/channels/c" };
	};
	const api = {
		post: (path: string) => answer("POST", path),
		put: (path: string, body: { id: string }[]) => {
			puts.push(body.map(({ id }) => id));
			return answer("PUT", path);
		},
		get: (path: string) => answer("GET", path),
	} as unknown as ApiClient;
	channel = new NotificationChannel({
		api,
		topics: () => topics,
		openSocket: (url) => sockets.open(url),
		clock,
		random: () => 0,
		onNotification: (notification) => received.push(notification),
		onFresh: () => fresh++,
		onRevoked: () => revoked++,
		onTrouble: (found) => troubles.push(found?.code),
	});
});

const frame = (position: number) =>
	JSON.stringify({ topicName: "v2.users.me.conversations", eventBody: { position }, metadata: { position } });

async function connected(): Promise<void> {
	channel.start();
	await sockets.opened(1);
	sockets.last.open();
}

describe("what stands in the channel's way", () => {
	it("a page whose requests the server refuses stayed at “Getting ready …” and made channel after channel", async () => {
		refuse = () => (requests.at(-1)?.startsWith("PUT") ? new ApiError(400, { code: "invalid.value" }) : undefined);
		channel.start();
		for (let attempt = 1; attempt <= 3; attempt++) {
			await expect.poll(() => troubles).toHaveLength(attempt);
			if (attempt < 3) clock.advance(30_000);
		}
		expect(troubles[0]).toBe("channel.refused");
		expect(requests.filter((one) => one.startsWith("POST"))).toHaveLength(1);
		refuse = () => undefined;
		clock.advance(30_000);
		await sockets.opened(1);
		sockets.last.open();
		expect(troubles.at(-1)).toBeUndefined();
	});

	it("a WebSocket that a proxy blocks was a lost connection", async () => {
		channel.start();
		for (let attempt = 1; attempt <= 3; attempt++) {
			await sockets.opened(attempt);
			sockets.last.drop();
			clock.advance(3000);
		}
		await sockets.opened(4);
		sockets.last.drop();
		expect(troubles).toEqual(["socket.blocked"]);
		clock.advance(3000);
		await sockets.opened(5);
		sockets.last.open();
		expect(troubles).toEqual(["socket.blocked", undefined]);
	});

	it("missing scopes were a lost connection", async () => {
		refuse = () => new ApiError(403, { code: "app.not.authorized.for.scope", message: "notifications" });
		channel.start();
		await expect.poll(() => troubles).toEqual(["client.without.scopes"]);
	});

	it("a server that is away is no proxy", async () => {
		await connected();
		for (let attempt = 2; attempt <= 4; attempt++) {
			refuse = () => new ApiError(0, {});
			sockets.last.drop();
			clock.advance(3000);
			refuse = () => undefined;
			clock.advance(3000);
			await sockets.opened(attempt);
			sockets.last.open();
		}
		expect(troubles.filter(Boolean)).toEqual([]);
	});
});

describe("notification channel", () => {
	it("subscribes before it opens the socket, and asks for a snapshot once", async () => {
		await connected();
		expect(requests).toEqual([
			"POST /notifications/channels",
			"PUT /notifications/channels/c1/subscriptions?ignoreErrors=true",
		]);
		expect([channel.state.value, fresh]).toEqual(["open", 1]);
	});

	it("two sockets of one panel told everything twice: one is open, however often it is asked for", async () => {
		channel.start();
		channel.leave();
		channel.start();
		channel.retryNow();
		await sockets.opened(1);
		await new Promise((resolve) => setImmediate(resolve));
		sockets.last.open();
		sockets.last.drop();
		channel.retryNow();
		channel.retryNow();
		await new Promise((resolve) => setImmediate(resolve));
		expect(sockets.all.filter(({ closed }) => !closed)).toHaveLength(1);
	});

	it("a panel whose first socket broke before it was open never read its calls", async () => {
		channel.start();
		await sockets.opened(1);
		sockets.last.drop();
		channel.retryNow();
		await sockets.opened(2);
		sockets.last.open();
		expect([channel.state.value, fresh]).toEqual(["open", 1]);
		sockets.last.drop();
		channel.retryNow();
		await sockets.opened(3);
		sockets.last.open();
		expect(fresh, "once for each channel").toBe(1);
	});

	it("resumes after the last position, without a new snapshot", async () => {
		await connected();
		sockets.last.receive(frame(41));
		sockets.last.drop();
		expect(channel.state.value).toBe("lost");
		clock.advance(250);
		await sockets.opened(2);
		expect(new URL(sockets.last.url).searchParams.get("position")).toBe("41");
		sockets.last.open();
		expect([channel.state.value, fresh]).toEqual(["open", 1]);
	});

	it("waits longer after each failure, and makes a new channel when the server has lost the old one", async () => {
		await connected();
		sockets.last.drop();
		clock.advance(250);
		await sockets.opened(2);
		sockets.last.drop();
		refuse = () => new ApiError(404, { code: "not.found" });
		clock.advance(249);
		expect(sockets.all).toHaveLength(2);
		clock.advance(251);
		await clock.waits(1);
		refuse = () => undefined;
		clock.advance(1000);
		await sockets.opened(3);
		sockets.last.open();
		expect(fresh).toBe(2);
		expect(new URL(sockets.last.url).searchParams.has("position")).toBe(false);
	});

	it("pings a silent line and replaces it when no answer comes", async () => {
		await connected();
		clock.advance(15_000);
		expect(sockets.last.sent).toEqual(['{"message":"ping"}']);
		clock.advance(6000);
		expect(channel.state.value).toBe("lost");
		expect(sockets.last.closed).toBe(true);
	});

	it("takes any frame as a sign of life", async () => {
		await connected();
		clock.advance(15_000);
		sockets.last.receive('{"topicName":"channel.metadata","eventBody":{"message":"pong"}}');
		clock.advance(6000);
		expect(channel.state.value).toBe("open");
		expect(received).toEqual([]);
	});

	it("moves over at once when the server announces that it closes", async () => {
		await connected();
		sockets.last.receive('{"topicName":"v2.system.socket_closing","eventBody":{}}');
		await sockets.opened(2);
		expect(sockets.all[0]?.closed).toBe(true);
	});

	it("ends, and says so, when the token is revoked", async () => {
		await connected();
		sockets.last.receive('{"topicName":"v2.system.token_revoked.me","eventBody":{}}');
		clock.advance(60_000);
		expect([revoked, sockets.all.length]).toEqual([1, 1]);
	});

	it("does not try again with a token that is refused", async () => {
		refuse = () => new ApiError(401, { code: "bad.credentials" });
		channel.start();
		await expect.poll(() => requests.length).toBe(1);
		clock.advance(60_000);
		expect(requests).toHaveLength(1);
	});

	it("tries at once when asked to", async () => {
		await connected();
		sockets.last.drop();
		channel.retryNow();
		await sockets.opened(2);
	});

	it("topics whose one request failed were never asked for again, and what was asked for first could stand", async () => {
		await connected();
		topics = ["a"];
		refuse = () => new ApiError(503, {});
		const first = channel.rebind();
		topics = ["a", "b"];
		const second = channel.rebind();
		await expect.poll(() => puts).toEqual([["v2.users.me.conversations"], ["a", "b"]]);
		await clock.waits(2);
		refuse = () => undefined;
		clock.advance(300);
		await Promise.all([first, second]);
		expect(puts.at(-1)).toEqual(["a", "b"]);
	});

	it("topics that were wished for while a channel was made came with the next one only", async () => {
		refuse = () => {
			if (puts.length !== 1 || topics[0] === "b") return undefined;
			topics = ["b"];
			void channel.rebind();
			return undefined;
		};
		await connected();
		await expect.poll(() => puts.at(-1)).toEqual(["b"]);
	});

	it("ignores frames that are not notifications", async () => {
		await connected();
		sockets.last.receive("not json");
		sockets.last.receive('{"hello":1}');
		sockets.last.receive(frame(1));
		expect(received).toHaveLength(1);
	});
});
