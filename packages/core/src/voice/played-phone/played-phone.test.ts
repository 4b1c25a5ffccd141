import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PlayedCalls } from "./calls.ts";
import { type PhoneNews, PhoneStream } from "./phone-stream.ts";
import { isSyllable } from "./tone-call.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A phone, and what it does. */
function phone() {
	const did: string[] = [];
	const calls = new PlayedCalls(
		{
			proceed: (id) => did.push(`proceed ${id}`),
			talk(id, offer) {
				did.push(`talk ${id} ${offer}`);
				return { candidate: (sdp) => did.push(`candidate ${id} ${sdp}`), close: () => did.push(`close ${id}`) };
			},
		},
		3000,
	);
	const propose = (sessionId: string, autoAnswer = false) => calls.hear({ kind: "propose", sessionId, autoAnswer });
	return { calls, did, propose };
}

it("takes a call after three seconds, talks, and stops when it is ended", () => {
	const { calls, did, propose } = phone();
	propose("a");
	vi.advanceTimersByTime(2999);
	expect(did).toEqual([]);
	vi.advanceTimersByTime(1);
	calls.hear({ kind: "offer", sessionId: "a", sdp: "v=0" });
	calls.hear({ kind: "iceCandidate", sessionId: "a", sdp: "c" });
	calls.hear({ kind: "terminate", sessionId: "a" });
	expect(did).toEqual(["proceed a", "talk a v=0", "candidate a c", "close a"]);
});

it("takes none that rings no longer, and its own user's call at once", () => {
	const { calls, did, propose } = phone();
	propose("a");
	calls.hear({ kind: "retract", sessionId: "a" });
	propose("own", true);
	vi.advanceTimersByTime(5000);
	expect(did).toEqual(["proceed own"]);
});

it("speaks in syllables", () => {
	expect([0, 239, 240, 359, 360, 720, 1319, 1320, 1799, 1800].map(isSyllable)).toEqual([
		true,
		true,
		false,
		false,
		true,
		true,
		true,
		false,
		false,
		true,
	]);
});

it("signs in on the stream, binds, and hears of its calls", () => {
	const [written, heard]: [string[], PhoneNews[]] = [[], []];
	const stream = new PhoneStream(
		"the-token",
		(text) => written.push(text),
		(news) => heard.push(news),
	);
	stream.open();
	const password = /<auth[^>]*>([^<]+)</.exec(written.join(""))?.[1] ?? "";
	expect(Buffer.from(password, "base64").toString()).toContain("authKey:the-token");
	stream.receive('<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>');
	expect(written.at(-1)).toContain("urn:ietf:params:xml:ns:xmpp-bind");
	stream.receive('<iq xmlns="jabber:client" type="result" id="bind"/>');
	stream.receive('<message><propose xmlns="urn:xmpp:jingle-message:0" id="s" inin-autoanswer="true"/></message>');
	const offer = JSON.stringify({ method: "offer", params: { sessionId: "s", sdp: "v=0" } });
	stream.receive(`<iq type="set" id="7" from="x"><genesys-webrtc xmlns="genesys">${offer}</genesys-webrtc></iq>`);
	expect(written.at(-1), "it answers the request").toContain('type="result" id="7"');
	expect(heard).toEqual([
		{ kind: "bound" },
		{ kind: "propose", sessionId: "s", autoAnswer: true },
		{ kind: "offer", sessionId: "s", sdp: "v=0" },
	]);
	expect(() => stream.receive('<failure xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>')).toThrow("refused");
});
