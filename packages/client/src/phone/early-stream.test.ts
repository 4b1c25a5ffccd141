import { expect, it } from "vitest";
import type { ApiClient } from "../session/api.ts";
import { FakeClock } from "../test-support/fake-clock.ts";
import { FakeSockets } from "../test-support/fake-sockets.ts";
import { EarlyStream } from "./early-stream.ts";
import { PhoneLine } from "./line.ts";

const features = (offer: string) => `<features xmlns="http://etherx.jabber.org/streams">${offer}</features>`;
const bind = features(`<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>`);

/** A page that is loaded anew: its stream is under way before there is a phone. */
async function reloaded(jid = "me@org.example") {
	const clock = new FakeClock();
	const sockets = new FakeSockets();
	let id = 0;
	const parts = {
		api: { base: "https://cc.example", post: async () => ({ id: `ch${++id}` }) } as unknown as ApiClient,
		jid: "me@org.example",
		token: () => "tok",
		clock,
		newId: () => `${++id}`,
		openSocket: (url: string) => sockets.open(url),
	};
	const early = new EarlyStream(parts);
	await sockets.opened(1);
	sockets.last.open();
	const rung: string[] = [];
	const line = new PhoneLine({
		...parts,
		early,
		jid,
		random: () => 0,
		onProposal: ({ sessionId }) => rung.push(sessionId),
		onWithdrawn: () => {},
		onRpc: () => {},
	});
	const isBound = (socket = sockets.last) => socket.sent.some((text) => String(text).includes("xmpp-bind"));
	return { clock, sockets, line, rung, isBound };
}

it("a reload in a call waited for everything else before the phone signed on: the stream is there, and rings once the phone has it", async () => {
	const { sockets, line, rung, isBound } = await reloaded();
	sockets.last.receive(bind);
	await Promise.resolve();
	expect(isBound(), "nothing may ring before there is a phone").toBe(false);
	line.start();
	await expect.poll(isBound).toBe(true);
	sockets.last.receive(`<message from="x@gjoll"><propose id="s1" inin-cid="c1" inin-sdp-over-xmpp="true"/></message>`);
	expect(rung).toEqual(["s1"]);
	expect(sockets.all).toHaveLength(1);
});

it("what was opened for somebody else, has broken, or that no phone has taken, is no phone's", async () => {
	const other = await reloaded("another@org.example");
	other.line.start();
	await other.sockets.opened(2);
	expect(other.sockets.all[0]?.closed).toBe(true);
	const broken = await reloaded();
	broken.sockets.last.drop();
	broken.line.start();
	await broken.sockets.opened(2);
	const forgotten = await reloaded();
	forgotten.clock.advance(8_000);
	await expect.poll(() => forgotten.sockets.all[0]?.closed).toBe(true);
	forgotten.line.start();
	await forgotten.sockets.opened(2);
});
