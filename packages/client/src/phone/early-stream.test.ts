import { expect, it } from "vitest";
import type { ApiClient } from "../session/api.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { FakeSockets } from "../test-support/fake-sockets.ts";
import type { EarlyCalls } from "./early-calls.ts";
import { EarlyStream, type PhoneBefore } from "./early-stream.ts";
import { PhoneLine } from "./line.ts";

const features = (offer: string) => `<features xmlns="http://etherx.jabber.org/streams">${offer}</features>`;
const bind = features(`<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>`);
const proposal = (sessionId: string) =>
	`<message from="x@gjoll"><propose id="${sessionId}" inin-cid="c1" inin-sdp-over-xmpp="true"/></message>`;

/** Takes the sessions that it is given; what it was told of them. */
class FakeCalls {
	readonly #takes: readonly string[];
	readonly told: string[] = [];
	readonly #heard = Promise.withResolvers<void>();
	readonly heard = this.#heard.promise;
	isTaking = false;

	constructor(...takes: string[]) {
		this.#takes = takes;
	}

	prepare(): void {}

	isHeard(): void {
		this.#heard.resolve();
	}

	useIceServers(): void {}

	takesMessage(_stream: unknown, message: { children: unknown[] }): boolean {
		const isTaken = this.#takes.some((id) => JSON.stringify(message).includes(`"${id}"`));
		if (isTaken) this.told.push("proposed");
		this.isTaking ||= isTaken;
		return isTaken;
	}

	takesRequest(): boolean {
		return false;
	}

	handOver(): void {
		this.told.push("handed over");
	}

	giveUp(): void {
		this.told.push("given up");
	}
}

interface Reloaded extends Partial<PhoneBefore> {
	/** Who the panel turns out to be of. */
	agent?: string;
	calls?: FakeCalls;
}

/** A page that is loaded anew: its stream is under way before there is a phone. */
async function reloaded({ agent = "me@org.example", calls, ...left }: Reloaded = {}) {
	const clock = new FakeClock();
	const sockets = new FakeSockets();
	const token = Promise.withResolvers<string>();
	let id = 0;
	const parts = {
		api: { base: "https://cc.example", post: async () => ({ id: `ch${++id}` }) } as unknown as ApiClient,
		clock,
		newId: () => `${++id}`,
		openSocket: (url: string) => sockets.open(url),
	};
	const before = { jid: "me@org.example", sessions: [], wasHeard: false, wasSending: false, ...left };
	const handed = calls ? { calls: calls as unknown as EarlyCalls } : {};
	const early = new EarlyStream({ ...parts, before, token: token.promise, ...handed });
	if (!left.channelId) token.resolve("tok");
	await sockets.opened(1);
	sockets.last.open();
	const rung: string[] = [];
	const line = new PhoneLine({
		...parts,
		early,
		jid: agent,
		token: () => "tok",
		random: () => 0,
		onCalls: (each) => each.handOver(() => ({}) as never),
		onProposal: ({ sessionId }) => rung.push(sessionId),
		onWithdrawn: () => {},
		onRpc: () => {},
	});
	const isBound = (socket = sockets.last) => socket.sent.some((text) => String(text).includes("xmpp-bind"));
	return { clock, sockets, early, line, rung, isBound, token };
}

it("a reload in a call waited for everything else before the phone signed on: the stream is there, and rings once the phone has it", async () => {
	const { sockets, line, rung, isBound } = await reloaded();
	sockets.last.receive(bind);
	await settled();
	expect(isBound(), "nothing may ring before there is a phone").toBe(false);
	line.start();
	await expect.poll(isBound).toBe(true);
	await settled();
	sockets.last.receive(proposal("s1"));
	expect(rung).toEqual(["s1"]);
	expect(sockets.all).toHaveLength(1);
});

it("what was opened for somebody else, has broken, or that no phone has taken, is no phone's", async () => {
	const other = await reloaded({ agent: "another@org.example" });
	other.line.start();
	await other.sockets.opened(2);
	await expect.poll(() => other.sockets.all[0]?.closed).toBe(true);
	const broken = await reloaded();
	broken.sockets.last.drop();
	broken.line.start();
	await broken.sockets.opened(2);
	const forgotten = await reloaded();
	forgotten.sockets.last.receive(bind);
	forgotten.clock.advance(8_000);
	await expect.poll(() => forgotten.sockets.all[0]?.closed).toBe(true);
	forgotten.line.start();
	await forgotten.sockets.opened(2);
});

it("the way back into a call waited for a channel and a token, one after the other: it is on the channel of before, and signs on with the token", async () => {
	const { sockets, token, isBound } = await reloaded({
		channelId: "before",
		sessions: ["old"],
		calls: new FakeCalls("s1"),
	});
	const { last } = sockets;
	expect(last.url).toBe("wss://cc.example/stream/channels/before");
	const sent = () => last.sent.map(String).join("");
	expect(sent()).not.toContain("<auth");
	token.resolve("tok");
	await expect.poll(sent).toContain("<auth");
	last.receive(bind);
	await expect.poll(isBound).toBe(true);
	expect(sent(), "the server took the old connection for alive").toMatch(/terminate.*old/);
	expect(sent(), "queues rang where nobody was to be seen").toContain("<show>dnd</show>");
});

it("a channel that has gone with a restart of the server left the call without sound: another one is made", async () => {
	const { sockets, token, line, rung } = await reloaded({ channelId: "before" });
	token.resolve("tok");
	sockets.last.drop();
	await sockets.opened(2);
	expect(sockets.last.url).toBe("wss://cc.example/stream/channels/ch1");
	sockets.last.open();
	sockets.last.receive(bind);
	line.start();
	await settled();
	sockets.last.receive(proposal("s1"));
	expect(rung).toEqual(["s1"]);
});

it("the phone takes over what goes on, and hears of all else that has come before it", async () => {
	const calls = new FakeCalls("s1");
	const { sockets, line, rung } = await reloaded({ calls });
	sockets.last.receive(bind);
	await settled();
	sockets.last.receive(proposal("s1"));
	sockets.last.receive(proposal("s2"));
	expect(calls.told).toEqual(["proposed"]);
	line.start();
	await expect.poll(() => rung).toEqual(["s2"]);
	expect(calls.told).toEqual(["proposed", "handed over"]);
	const said = sockets.last.sent.filter((text) => text.includes("<presence"));
	expect(said.at(-1), "queues ring here from now on").not.toContain("dnd");
	sockets.last.receive(proposal("s1"));
	expect(rung, "from now on the phone hears all").toEqual(["s2", "s1"]);
});

it("a panel that may not be entered, and another one that has the phone, leave no sound behind", async () => {
	for (const leave of ["close", "dropEarly"] as const) {
		const calls = new FakeCalls("s1");
		const { early, line, sockets } = await reloaded({ calls });
		sockets.last.receive(bind);
		await settled();
		if (leave === "close") early.close();
		else line.dropEarly();
		expect(calls.told).toEqual(["given up"]);
		await expect.poll(() => sockets.last.closed).toBe(true);
	}
});

it("on a busy machine the panel's own work began while a call was set up, which took twice as long by it: it waits until that is heard", async () => {
	const calls = new FakeCalls("s1");
	const { early, clock, sockets } = await reloaded({ calls });
	let isOver = false;
	void early.heard().then(() => {
		isOver = true;
	});
	sockets.last.receive(bind);
	await settled();
	clock.advance(1_100);
	sockets.last.receive(proposal("s1"));
	clock.advance(100);
	await settled();
	expect(isOver, "offered, and not heard yet").toBe(false);
	calls.isHeard();
	await expect.poll(() => isOver).toBe(true);
});

it("a call that is offered and never heard keeps the panel from its work a second longer, and no more", async () => {
	const { early, clock, sockets } = await reloaded({ calls: new FakeCalls("s1") });
	let isOver = false;
	void early.heard().then(() => {
		isOver = true;
	});
	sockets.last.receive(bind);
	await settled();
	sockets.last.receive(proposal("s1"));
	clock.advance(1_200);
	await settled();
	expect(isOver).toBe(false);
	clock.advance(1_200);
	await expect.poll(() => isOver).toBe(true);
});

it("the panel's own work stands back for the sound, and not for ever", async () => {
	const without = await reloaded();
	await without.early.heard();
	const { early, clock } = await reloaded({ calls: new FakeCalls() });
	let isOver = false;
	void early.heard().then(() => {
		isOver = true;
	});
	await settled();
	expect(isOver).toBe(false);
	clock.advance(1_200);
	await expect.poll(() => isOver).toBe(true);
});

/** Whatever was started has gone as far as it can. */
function settled(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}
