import { describe, expect, it } from "vitest";
import { RtcpReporter } from "./rtcp.ts";
import { emptyRtpHeader } from "./rtp.ts";

const SENT = { rtpTimestamp: 4_294_967_295, packets: 250, octets: 40_000 };

/** A reporter that heard these sequence numbers, 20 ms apart, with perfect timing. */
function after(...sequences: number[]): RtcpReporter {
	const reporter = new RtcpReporter(0xaabbccdd, "inlay-1");
	for (const sequence of sequences) {
		reporter.heardRtp({ ...emptyRtpHeader(), ssrc: 7, sequence, timestamp: sequence * 160 }, sequence * 20);
	}
	return reporter;
}

function block(packet: Buffer) {
	return {
		ssrc: packet.readUInt32BE(28),
		share: packet[32],
		lost: packet.readUInt32BE(32) & 0xffffff,
		highest: packet.readUInt32BE(36),
		jitter: packet.readUInt32BE(40),
	};
}

describe("RTCP", () => {
	it("is a sender report and a description, with lengths that add up", () => {
		const packet = after().report(SENT, 0, 0);
		expect([packet[0], packet[1], (packet.readUInt16BE(2) + 1) * 4]).toEqual([0x81, 200, 52]);
		expect([packet[52], packet[53], (packet.readUInt16BE(54) + 1) * 4]).toEqual([0x81, 202, packet.length - 52]);
		expect(packet.toString("latin1", 62, 69)).toBe("inlay-1");
		expect(packet[69]).toBe(0);
		expect([packet.readUInt32BE(4), packet.readUInt32BE(56)]).toEqual([0xaabbccdd, 0xaabbccdd]);
	});

	it("states time since 1900 and what was sent", () => {
		const packet = after().report(SENT, 0, 1500);
		expect([packet.readUInt32BE(8), packet.readUInt32BE(12)]).toEqual([2_208_988_801, 2 ** 31]);
		expect([16, 20, 24].map((at) => packet.readUInt32BE(at))).toEqual([4_294_967_295, 250, 40_000]);
	});

	it("counts losses since the last report and in all", () => {
		const reporter = after(10, 11, 13, 14);
		expect(block(reporter.report(SENT, 0, 0))).toEqual({ ssrc: 7, share: 51, lost: 1, highest: 14, jitter: 0 });
		expect(block(reporter.report(SENT, 0, 0))).toMatchObject({ share: 0, lost: 1 });
	});

	it("knows wrapped and reordered sequence numbers", () => {
		expect(block(after(65_534, 65_535, 1, 0, 2).report(SENT, 0, 0))).toMatchObject({ lost: 0, highest: 65_538 });
	});

	it("measures jitter", () => {
		const reporter = after(1, 2);
		reporter.heardRtp({ ...emptyRtpHeader(), ssrc: 7, sequence: 3, timestamp: 480 }, 80);
		expect(block(reporter.report(SENT, 0, 0)).jitter).toBe(10);
	});

	it("echoes their last sender report with the time since", () => {
		const reporter = after(1);
		const theirs = Buffer.alloc(28);
		theirs[1] = 200;
		theirs.writeUInt32BE(0x12345678, 10);
		reporter.heardRtcp(theirs, 1000);
		const packet = reporter.report(SENT, 1500, 0);
		expect([packet.readUInt32BE(44), packet.readUInt32BE(48)]).toEqual([0x12345678, 32_768]);
		reporter.heardRtcp(Buffer.from([0x80, 201, 0, 1]), 2000);
		expect(reporter.report(SENT, 1500, 0).readUInt32BE(44)).toBe(0x12345678);
	});
});
