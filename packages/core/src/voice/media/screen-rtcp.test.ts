import { describe, expect, it } from "vitest";
import { bitrateLimit, pictureLoss, readSourceReport, readViewerRtcp } from "./screen-rtcp.ts";

const SHOWN_AS = 0x11111111;
const SOURCE = 0xfedcba98;

/** A receiver report with one block. */
function receiverReport(): Buffer {
	const packet = Buffer.alloc(32);
	packet[0] = 0x81;
	packet[1] = 201;
	packet.writeUInt16BE(7, 2);
	packet.writeUInt32BE(7, 4);
	packet.writeUInt32BE(SHOWN_AS, 8);
	packet[12] = 13;
	return packet;
}

function nack(): Buffer {
	const packet = Buffer.from([0x81, 205, 0, 3, 0, 0, 0, 7, 0, 0, 0, 0, 0x12, 0x34, 0, 1]);
	packet.writeUInt32BE(SHOWN_AS, 8);
	return packet;
}

describe("RTCP of a shared screen", () => {
	it("passes losses and wishes on under the source's own name", () => {
		const { passed, wantsPicture } = readViewerRtcp(Buffer.concat([receiverReport(), nack()]), SOURCE);
		expect(wantsPicture).toBe(false);
		expect(passed.map((one) => [one[1], one.readUInt32BE(8)])).toEqual([
			[201, SOURCE],
			[205, SOURCE],
		]);
		expect(passed[0]?.[12]).toBe(13);
		expect(passed[1]?.subarray(12)).toEqual(Buffer.from([0x12, 0x34, 0, 1]));
	});

	it("sees that a viewer needs a whole picture, and how much it can take", () => {
		const says = readViewerRtcp(Buffer.concat([pictureLoss(1, SHOWN_AS), bitrateLimit(1, SHOWN_AS, 750_000)]), SOURCE);
		expect(says.wantsPicture).toBe(true);
		expect(says.bitrate).toBeGreaterThan(745_000);
		expect(says.bitrate).toBeLessThanOrEqual(750_000);
		expect(says.passed).toEqual([]);
	});

	it("keeps limits of every size within what the format can say", () => {
		for (const bitrate of [1, 100_000, 262_143, 262_144, 2_000_000, 900_000_000]) {
			const read = readViewerRtcp(bitrateLimit(1, 2, bitrate), SOURCE).bitrate ?? 0;
			expect(read / bitrate).toBeGreaterThan(0.99);
			expect(read).toBeLessThanOrEqual(bitrate);
		}
	});

	it("passes a sender's time on without what else it says", () => {
		const report = Buffer.alloc(28 + 24 + 8);
		report[0] = 0x81;
		report[1] = 200;
		report.writeUInt16BE(12, 2);
		report.writeUInt32BE(SOURCE, 4);
		report.writeUInt32BE(0xabcdef01, 8);
		Buffer.from([0x81, 203, 0, 1, 1, 2, 3, 4]).copy(report, 52);
		const passed = readSourceReport(report, SHOWN_AS);
		expect(passed?.length).toBe(28);
		expect([passed?.[0], passed?.[1], passed?.readUInt16BE(2)]).toEqual([0x80, 200, 6]);
		expect([passed?.readUInt32BE(4), passed?.readUInt32BE(8)]).toEqual([SHOWN_AS, 0xabcdef01]);
	});

	it("passes over what is cut short or lies about its length", () => {
		const liar = receiverReport();
		liar.writeUInt16BE(0xffff, 2);
		for (const bad of [Buffer.alloc(0), Buffer.from([0x81, 201]), liar, nack().subarray(0, 10), Buffer.alloc(40)]) {
			expect(readViewerRtcp(bad, SOURCE)).toEqual({ passed: [], wantsPicture: false });
			expect(readSourceReport(bad, SHOWN_AS)).toBeUndefined();
		}
	});
});
