import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { toneLevel } from "../../test-support/goertzel.ts";
import { FRAME_SAMPLES } from "./audio.ts";
import { RtpLeg } from "./rtp-leg.ts";
import { RtpPorts } from "./rtp-ports.ts";
import { Tone } from "./tones.ts";

const peer = { address: "127.0.0.1", secure: false };
const open: (RtpLeg | Socket)[] = [];
afterEach(() => {
	for (const one of open.splice(0)) one.close();
});

async function legOf(secure = false) {
	const socket = await new RtpPorts("127.0.0.1", undefined).open();
	const heard: string[] = [];
	const lost: string[] = [];
	const events = { digit: (digit: string) => heard.push(digit), lost: (reason: string) => lost.push(reason) };
	const leg = new RtpLeg("leg", socket, "127.0.0.1", { ...peer, secure }, events);
	open.push(leg);
	return { leg, heard, lost, port: socket.address().port };
}

/** Lets one speak until the other hears the tone. */
async function speaks(from: RtpLeg, to: RtpLeg, hz: number): Promise<number> {
	const tone = new Tone(hz);
	const frame = new Int16Array(FRAME_SAMPLES);
	const out = new Int16Array(FRAME_SAMPLES);
	const heard: number[] = [];
	await expect
		.poll(
			() => {
				tone.read(frame);
				from.push(frame);
				if (to.pull(out)) heard.push(...out);
				return heard.length > 20 * FRAME_SAMPLES;
			},
			{ interval: 5, timeout: 10_000 },
		)
		.toBe(true);
	return toneLevel(Int16Array.from(heard), hz);
}

it.each([
	["µ-law in the clear", false, (sdp: string) => sdp],
	["A-law, where the peer prefers it", false, (sdp: string) => sdp.replace("RTP/AVP 0 8", "RTP/AVP 8 0")],
	["encrypted", true, (sdp: string) => sdp],
	["encrypted in the shorter suite", true, (sdp: string) => sdp.replace(/a=crypto:1 .*\r\n/, "")],
])("two legs hear each other and each other's keys: %s", async (_what, secure, alter) => {
	const [a, b] = [await legOf(secure), await legOf(secure)];
	const offer = alter(a.leg.describe({ ...peer, secure }));
	expect(offer.includes("RTP/SAVP")).toBe(secure);
	const answer = b.leg.describe({ ...peer, secure, offer });
	a.leg.acceptAnswer(answer);
	expect([a.leg.present, b.leg.present]).toEqual([true, true]);
	expect(await speaks(a.leg, b.leg, 700)).toBeGreaterThan(6000);
	expect(await speaks(b.leg, a.leg, 500)).toBeGreaterThan(6000);
	a.leg.sendDtmf("5#");
	await expect
		.poll(
			() => {
				a.leg.push(new Int16Array(FRAME_SAMPLES));
				return b.heard.join("");
			},
			{ interval: 5, timeout: 10_000 },
		)
		.toBe("5#");
});

it("a stranger's packets are not heard, and take no stream away", async () => {
	const { leg, port } = await legOf();
	const [customer, stranger] = [createSocket("udp4"), createSocket("udp4")];
	open.push(customer, stranger);
	customer.bind(0, "127.0.0.1");
	stranger.bind(0, "127.0.0.2");
	await Promise.all([once(customer, "listening"), once(stranger, "listening")]);
	const offer = leg.describe({ ...peer });
	leg.acceptAnswer(offer.replace(/m=audio \d+/, `m=audio ${customer.address().port}`));
	const packet = Buffer.alloc(172, 0x20);
	packet.set([0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9]);
	const before = leg.stats().packetsReceived;
	await new Promise((resolve) => stranger.send(packet, port, "127.0.0.1", resolve));
	await new Promise((resolve) => customer.send(packet, port, "127.0.0.1", resolve));
	await expect.poll(() => leg.stats().packetsReceived).toBe(before + 1);
	const sent = once(customer, "message");
	leg.push(new Int16Array(FRAME_SAMPLES));
	expect((await sent)[0]).toHaveLength(172);
});

it("a peer that holds the call is sent nothing and need not speak; one that goes away is given up", async () => {
	const { leg, lost, port } = await legOf();
	const offer = leg.describe({ ...peer });
	leg.acceptAnswer(offer.replace("sendrecv", "sendonly"));
	const frame = new Int16Array(FRAME_SAMPLES);
	leg.push(frame);
	expect(leg.stats().packetsReceived, "our own port is the peer's here, and nothing comes").toBe(0);
	leg.describe({ ...peer, offer: offer.replace("sendrecv", "inactive") });
	for (let i = 0; i < 4000; i++) leg.push(frame);
	expect(lost).toEqual([]);
	// Nobody is at that port.
	leg.describe({ ...peer, offer: offer.replace(`m=audio ${port}`, "m=audio 9") });
	for (let i = 0; i < 3001; i++) leg.push(frame);
	await expect.poll(() => lost).toEqual(["nothing received for a minute"]);
});

it.each([
	["no audio", "v=0\r\nm=video 9 RTP/AVP 96\r\n", /no audio/],
	["no codec of ours", "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 9 18\r\n", /neither PCMU nor PCMA/],
	["IPv6 alone", "v=0\r\nc=IN IP6 ::1\r\nm=audio 9 RTP/AVP 0\r\n", /no IPv4 address/],
	["WebRTC", "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n", /protocol/],
	[
		"keys of suites that are not known",
		"v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/SAVP 0\r\na=crypto:1 NULL inline:AAAA\r\n",
		/no key/,
	],
])("an offer with %s is refused in words", async (_what, offer, words) => {
	const { leg } = await legOf();
	expect(() => leg.describe({ ...peer, offer })).toThrow(words);
});

it("a leg that takes another's place goes on with its keys", async () => {
	const key = Buffer.alloc(30, 7).toString("base64");
	const socket = await new RtpPorts("127.0.0.1", undefined).open();
	const secret = { ...peer, secure: true, keys: { AES_CM_128_HMAC_SHA1_80: key } };
	const leg = new RtpLeg("next", socket, "127.0.0.1", secret, { digit: () => {}, lost: () => {} });
	open.push(leg);
	expect(leg.describe(secret)).toContain(`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}`);
});

it.each([
	["m=audio 70000 RTP/AVP 0", /its port is none/],
	["m=audio -1 RTP/AVP 0", /its port is none/],
	["m=audio 0 RTP/AVP 0", /its port is none/],
])("one SDP with a wrong port ended everybody's sound: %s", async (line, words) => {
	const { leg, lost } = await legOf();
	const sdp = `v=0\r\nc=IN IP4 127.0.0.1\r\n${line}\r\n`;
	expect(() => leg.describe({ ...peer, offer: sdp })).toThrow(words);
	leg.acceptAnswer(sdp);
	expect(lost).toEqual([expect.stringMatching(words)]);
});

it("reports that are to go to no port are sent beside the sound, and end nothing", async () => {
	const { leg } = await legOf();
	const [near] = [createSocket("udp4")];
	open.push(near);
	near.bind(0, "127.0.0.1");
	await once(near, "listening");
	const sdp = `v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio ${near.address().port} RTP/AVP 0\r\na=rtcp:99999\r\n`;
	leg.describe({ ...peer, offer: sdp });
	const heard = once(near, "message");
	for (let i = 0; i < 3; i++) leg.push(new Int16Array(FRAME_SAMPLES));
	expect((await heard)[0]).toHaveLength(172);
});

it("whoever claims another's address in an offer had us send sound there, until its answer is confirmed", async () => {
	const { leg } = await legOf();
	const other = createSocket("udp4");
	open.push(other);
	other.bind(0, "127.0.0.3");
	await once(other, "listening");
	const seen: Buffer[] = [];
	other.on("message", (packet) => seen.push(packet));
	const offer = `v=0\r\nc=IN IP4 127.0.0.3\r\nm=audio ${other.address().port} RTP/AVP 0\r\n`;
	leg.describe({ ...peer, offer });
	for (let i = 0; i < 20; i++) leg.push(new Int16Array(FRAME_SAMPLES));
	const sent = leg.stats().packetsSent;
	leg.acceptAnswer(offer);
	leg.push(new Int16Array(FRAME_SAMPLES));
	await expect.poll(() => seen.length).toBe(1);
	expect(seen[0]?.readUInt16BE(2), "the first is the one after").toBeGreaterThan(sent - 1);
});

it("every stream of an offer has its answer, in its place; the encrypted one is taken before the one in the clear", async () => {
	const { leg } = await legOf();
	const key = "A".repeat(40);
	const offer = [
		"v=0",
		"c=IN IP4 127.0.0.1",
		"m=audio 4000 RTP/AVP 0",
		"m=audio 4002 RTP/SAVP 8 101",
		`a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:${key}`,
		"m=video 4004 RTP/AVP 96",
		"",
	].join("\r\n");
	const lines = leg
		.describe({ ...peer, offer })
		.split("\r\n")
		.filter((line) => /^m=|^a=crypto/.test(line));
	expect(lines).toEqual([
		"m=audio 0 RTP/AVP 0",
		expect.stringMatching(/^m=audio \d+ RTP\/SAVP 8$/),
		expect.stringMatching(/^a=crypto:7 AES_CM_128_HMAC_SHA1_80 /),
		"m=video 0 RTP/AVP 96",
	]);
});

it("sound that was to be secret is not sent in the clear", async () => {
	const { leg, lost } = await legOf(true);
	const offer = leg.describe({ ...peer, secure: true });
	leg.acceptAnswer(offer.replace("RTP/SAVP", "RTP/AVP").replaceAll(/a=crypto.*\r\n/g, ""));
	expect(lost).toEqual([expect.stringContaining("not encrypted")]);
});

it("ports come from the range, and one that is taken is passed over", async () => {
	const first = await new RtpPorts("127.0.0.1", undefined).open();
	open.push(first);
	const { port } = first.address();
	const ports = new RtpPorts("127.0.0.1", [port, port]);
	await expect(ports.open()).rejects.toMatchObject({ code: "media.ports.taken" });
});
