import { beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, ApiError } from "../session/api.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { FakeSockets } from "../test-support/fake-sockets.ts";
import { PhoneLine } from "./line.ts";
import type { Proposal } from "./stanza.ts";

let clock: FakeClock;
let sockets: FakeSockets;
let refuse: ApiError | undefined;
let proposals: Proposal[];
let withdrawn: string[];
let line: PhoneLine;

beforeEach(() => {
	clock = new FakeClock();
	sockets = new FakeSockets();
	refuse = undefined;
	proposals = [];
	withdrawn = [];
	let id = 0;
	const api = {
		base: "https://cc.example",
		post: async () => {
			if (refuse) throw refuse;
			return { id: "ch" };
		},
	} as unknown as ApiClient;
	line = new PhoneLine({
		api,
		jid: "me@org.example",
		token: () => "tok",
		clock,
		random: () => 0,
		newId: () => `${++id}`,
		openSocket: (url) => sockets.open(url),
		onProposal: (proposal) => proposals.push(proposal),
		onWithdrawn: (sessionId) => withdrawn.push(sessionId),
		onRpc: () => {},
	});
});

describe("phone line", () => {
	it("opens the streaming socket beside the API", async () => {
		line.start();
		await sockets.opened(1);
		expect(sockets.last.url).toBe("wss://cc.example/stream/channels/ch");
	});

	it("a phone without a microphone was rung: the server is told before it may ring, and when that changes", async () => {
		line.setCanAnswer(false);
		line.start();
		await sockets.opened(1);
		const { sent } = sockets.last;
		sockets.last.open();
		const told = () => sent.map(String).filter((text) => text.includes("<presence"));
		sockets.last.receive(
			`<features xmlns="http://etherx.jabber.org/streams"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></features>`,
		);
		expect(told()).toHaveLength(1);
		expect(told()[0]).toContain("<show>dnd</show>");
	});

	it("comes back after a break, at once when asked to", async () => {
		line.start();
		await sockets.opened(1);
		sockets.last.drop();
		expect(line.state.value).toBe("lost");
		clock.advance(250);
		await sockets.opened(2);
		sockets.last.drop();
		line.retryNow();
		await sockets.opened(3);
	});

	it("two phones of one panel rang: wanted again while it was being opened, one stream is", async () => {
		line.start();
		line.stop();
		line.start();
		await sockets.opened(1);
		await settled();
		expect(sockets.all.filter(({ closed }) => !closed)).toHaveLength(1);
		sockets.last.drop();
		line.retryNow();
		line.retryNow();
		await sockets.opened(2);
		await settled();
		expect(sockets.all.filter(({ closed }) => !closed)).toHaveLength(1);
	});

	it("stopped while its socket opened, it stayed, signed on, and rang as a second phone", async () => {
		line.start();
		await sockets.opened(1);
		await settled();
		line.stop();
		expect([line.state.value, sockets.last.closed, sockets.last.onopen]).toEqual(["off", true, null]);
		line.start();
		line.stop();
		await settled();
		expect(sockets.all.filter(({ closed }) => !closed)).toEqual([]);
	});

	it("stays off once it is not wanted, or not allowed", async () => {
		line.start();
		await sockets.opened(1);
		line.stop();
		clock.advance(60_000);
		expect([line.state.value, sockets.all.length]).toEqual(["off", 1]);
		refuse = new ApiError(403, { code: "missing.permissions" });
		line.start();
		await expect.poll(() => line.state.value).toBe("off");
		clock.advance(60_000);
		expect(sockets.all).toHaveLength(1);
	});

	it("hands proposals and withdrawals on, and answers both the caller and the user's other clients", async () => {
		line.start();
		await sockets.opened(1);
		sockets.last.open();
		sockets.last.receive(
			`<message from="x@gjoll"><propose id="s1" inin-cid="c1" inin-sdp-over-xmpp="true"/></message>`,
		);
		sockets.last.receive(`<message from="x@gjoll"><retract id="s0"/></message>`);
		expect([proposals[0]?.conversationId, withdrawn]).toEqual(["c1", ["s0"]]);
		if (proposals[0]) line.proceed(proposals[0]);
		const [proceed = "", accept = ""] = sockets.last.sent.slice(-2);
		expect(proceed).toContain("<proceed");
		expect(proceed).toContain('to="x@gjoll"');
		expect(accept).toContain('to="me@org.example"');
	});
});

/** All that was begun without a clock has been done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
