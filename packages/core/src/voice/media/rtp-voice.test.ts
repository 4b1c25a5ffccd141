import { describe, expect, it } from "vitest";
import { toneLevel } from "../../test-support/goertzel.ts";
import { FRAME_SAMPLES } from "./audio.ts";
import { emptyRtpHeader, parseRtp } from "./rtp.ts";
import { RtpVoice } from "./rtp-voice.ts";
import { Tone } from "./tones.ts";

const frameOf = (tone: Tone) => {
	const frame = new Int16Array(FRAME_SAMPLES);
	tone.read(frame);
	return frame;
};

/** Two voices whose packets go to each other. */
function pair() {
	const digits: string[] = [];
	const near = new RtpVoice(1, "near", () => {});
	const far = new RtpVoice(2, "far", (digit) => digits.push(digit));
	return { near, far, digits };
}

describe("voice over RTP", () => {
	it("carries a tone from one end to the other", () => {
		const { near, far } = pair();
		const tone = new Tone(700);
		const heard: number[] = [];
		const out = new Int16Array(FRAME_SAMPLES);
		for (let i = 0; i < 50; i++) {
			far.receive(near.packetize(frameOf(tone)));
			if (far.pull(out)) heard.push(...out);
		}
		expect(heard.length).toBeGreaterThan(45 * FRAME_SAMPLES);
		expect(toneLevel(Int16Array.from(heard), 700)).toBeGreaterThan(7500);
		expect(far.counters).toMatchObject({ packetsReceived: 50, framesConcealed: 0 });
	});

	it("counts and conceals what got lost", () => {
		const { near, far } = pair();
		const tone = new Tone(700);
		const out = new Int16Array(FRAME_SAMPLES);
		for (let i = 0; i < 50; i++) {
			const packet = near.packetize(frameOf(tone));
			if (i % 10 !== 5) far.receive(packet);
			far.pull(out);
			if (i > 2) expect(Math.max(...out)).toBeGreaterThan(1000);
		}
		expect(far.counters.framesConcealed).toBeGreaterThanOrEqual(4);
		expect(far.counters.framesConcealed).toBeLessThanOrEqual(6);
	});

	it("delivers keys once and counts no loss for the audio they replace", () => {
		const { near, far, digits } = pair();
		near.sendDtmf("42#");
		const out = new Int16Array(FRAME_SAMPLES);
		for (let i = 0; i < 60; i++) {
			far.receive(near.packetize(frameOf(new Tone(700))));
			far.pull(out);
		}
		expect(digits.join("")).toBe("42#");
		expect(far.counters.framesConcealed).toBe(0);
	});

	it("numbers packets without gaps and keeps the clock running during keys", () => {
		const { near } = pair();
		const silence = new Int16Array(FRAME_SAMPLES);
		const read = () => {
			const header = emptyRtpHeader();
			parseRtp(near.packetize(silence), header);
			return header;
		};
		const first = read();
		near.sendDtmf("1");
		const during = Array.from({ length: 12 }, read);
		expect(during.map((header) => (header.sequence - first.sequence) & 0xffff)).toEqual(during.map((_, i) => i + 1));
		const last = during.at(-1);
		expect(last?.payloadType).toBe(0);
		expect(((last?.timestamp ?? 0) - first.timestamp) >>> 0).toBe(12 * FRAME_SAMPLES);
	});

	it("reports every five seconds what it sent", () => {
		const { near } = pair();
		const silence = new Int16Array(FRAME_SAMPLES);
		const counts: number[] = [];
		for (let i = 0; i < 600; i++) {
			near.packetize(silence);
			const report = near.takeDueReport();
			if (report) counts.push(report.readUInt32BE(20));
		}
		expect(counts).toEqual([1, 251, 501]);
	});

	it("ignores RTCP, other payload types and rubbish", () => {
		const { far, digits } = pair();
		const out = new Int16Array(FRAME_SAMPLES);
		far.receive(Buffer.from("80c80006000000010000000200000003", "hex"));
		far.receive(Buffer.from("806f0001000000020000000301020304", "hex"));
		far.receive(Buffer.from("00", "hex"));
		far.receive(Buffer.alloc(0));
		expect(far.pull(out)).toBe(false);
		expect(digits).toEqual([]);
	});
});
