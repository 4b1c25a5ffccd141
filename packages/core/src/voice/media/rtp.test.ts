import { describe, expect, it } from "vitest";
import { emptyRtpHeader, isRtcp, parseRtp, RTP_HEADER_BYTES, timestampDistance, writeRtpHeader } from "./rtp.ts";

describe("RTP", () => {
	it("reads what it wrote", () => {
		const packet = Buffer.alloc(RTP_HEADER_BYTES + 160);
		writeRtpHeader(packet, 101, true, 65_535, 4_294_967_295, 3_000_000_000);
		const header = emptyRtpHeader();
		expect(parseRtp(packet, header)).toBe(true);
		expect(header).toEqual({
			payloadType: 101,
			marker: true,
			sequence: 65_535,
			timestamp: 4_294_967_295,
			ssrc: 3_000_000_000,
			payloadAt: 12,
			payloadLength: 160,
		});
	});

	it("steps over contributing sources, a header extension and padding", () => {
		const packet = Buffer.concat([
			Buffer.from("b1000001000000020000000300000004bede000110ff0000", "hex"),
			Buffer.from([7, 8, 9, 0, 0, 3]),
		]);
		const header = emptyRtpHeader();
		expect(parseRtp(packet, header)).toBe(true);
		expect([...packet.subarray(header.payloadAt, header.payloadAt + header.payloadLength)]).toEqual([7, 8, 9]);
	});

	it.each([
		["short", "8000"],
		["of another version", "400000010000000200000003"],
		["with sources missing", "8f0000010000000200000003"],
		["with its extension cut off", "900000010000000200000003bede0004"],
		["with more padding than packet", "a000000100000002000000030000ff"],
	])("refuses a packet %s", (_what, hex) => {
		expect(parseRtp(Buffer.from(hex, "hex"), emptyRtpHeader())).toBe(false);
	});

	it("tells RTCP from RTP with a marker", () => {
		expect(isRtcp(Uint8Array.of(0x80, 200))).toBe(true);
		expect(isRtcp(Uint8Array.of(0x80, 0x80 | 101))).toBe(false);
		expect(isRtcp(Uint8Array.of(0x80, 0x80))).toBe(false);
	});

	it("measures timestamps across the wrap", () => {
		expect(timestampDistance(100, 4_294_967_236)).toBe(160);
		expect(timestampDistance(4_294_967_236, 100)).toBe(-160);
	});
});
