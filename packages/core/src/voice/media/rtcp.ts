/** RTCP for one leg (RFC 3550 section 6): what we sent and how well we receive, for the client's own statistics. */

import { SAMPLE_RATE } from "./audio.ts";
import type { RtpHeader } from "./rtp.ts";

const SENDER_REPORT = 200;
const SOURCE_DESCRIPTION = 202;
const CNAME = 1;
const SENDER_REPORT_BYTES = 52;
/** Seconds between the epochs of NTP (1900) and Unix (1970). */
const NTP_EPOCH_SECONDS = 2_208_988_800;
const MAX_CUMULATIVE_LOST = 0x7fffff;

/** What we have sent, as the sender report states it. */
export interface SentSoFar {
	rtpTimestamp: number;
	packets: number;
	octets: number;
}

export class RtcpReporter {
	readonly #packet: Buffer;
	#theirSsrc = 0;
	#highestSequence = 0;
	#cycles = 0;
	#firstSequence = -1;
	#received = 0;
	#expectedBefore = 0;
	#receivedBefore = 0;
	#jitter = 0;
	#lastTransit: number | undefined;
	#lastSenderReport = 0;
	#lastSenderReportAt = 0;

	/** `cname` is the name our stream has in the SDP. */
	constructor(ssrc: number, cname: string) {
		this.#packet = Buffer.alloc(SENDER_REPORT_BYTES + descriptionBytes(cname));
		writeFixedParts(this.#packet, ssrc, cname);
	}

	/** Counts a packet of theirs that arrived at `now` (ms of a steady clock). */
	heardRtp(header: RtpHeader, now: number): void {
		if (header.ssrc !== this.#theirSsrc || this.#firstSequence < 0) this.#begin(header);
		const step = (header.sequence - this.#highestSequence) & 0xffff;
		if (step < 0x8000) {
			if (header.sequence < this.#highestSequence) this.#cycles += 0x10000;
			this.#highestSequence = header.sequence;
		}
		this.#received++;
		this.#judgeJitter(header.timestamp, now);
	}

	/** Remembers their sender report, from which they compute the round trip. */
	heardRtcp(packet: Uint8Array, now: number): void {
		if (packet[1] !== SENDER_REPORT || packet.length < 28) return;
		const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
		this.#lastSenderReport = view.getUint32(10);
		this.#lastSenderReportAt = now;
	}

	/** The report for now: `now` as in `heardRtp`, `wallClock` in ms since 1970. Valid until the next call. */
	report(sent: SentSoFar, now: number, wallClock: number): Buffer {
		const packet = this.#packet;
		const seconds = wallClock / 1000 + NTP_EPOCH_SECONDS;
		packet.writeUInt32BE(Math.floor(seconds), 8);
		packet.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), 12);
		packet.writeUInt32BE(sent.rtpTimestamp >>> 0, 16);
		packet.writeUInt32BE(sent.packets >>> 0, 20);
		packet.writeUInt32BE(sent.octets >>> 0, 24);
		packet.writeUInt32BE(this.#theirSsrc, 28);
		this.#writeLosses();
		packet.writeUInt32BE(this.#highest(), 36);
		packet.writeUInt32BE(Math.round(this.#jitter), 40);
		packet.writeUInt32BE(this.#lastSenderReport, 44);
		const delay = this.#lastSenderReport ? ((now - this.#lastSenderReportAt) * 65_536) / 1000 : 0;
		packet.writeUInt32BE(Math.round(delay) >>> 0, 48);
		return packet;
	}

	#begin(header: RtpHeader): void {
		this.#theirSsrc = header.ssrc;
		this.#firstSequence = header.sequence;
		this.#highestSequence = header.sequence;
		this.#cycles = 0;
		this.#received = 0;
		this.#expectedBefore = 0;
		this.#receivedBefore = 0;
		this.#jitter = 0;
		this.#lastTransit = undefined;
	}

	#highest(): number {
		return (this.#cycles + this.#highestSequence) >>> 0;
	}

	/** The smoothed difference in transit time between packets (RFC 3550 A.8), in timestamp units. */
	#judgeJitter(timestamp: number, now: number): void {
		const transit = (Math.round((now * SAMPLE_RATE) / 1000) - timestamp) | 0;
		if (this.#lastTransit !== undefined) this.#jitter += (Math.abs(transit - this.#lastTransit) - this.#jitter) / 16;
		this.#lastTransit = transit;
	}

	/** Lost since the last report as a share of 256, and in all (RFC 3550 A.3). */
	#writeLosses(): void {
		const expected = this.#firstSequence < 0 ? 0 : this.#highest() - this.#firstSequence + 1;
		const expectedNow = expected - this.#expectedBefore;
		const lostNow = expectedNow - (this.#received - this.#receivedBefore);
		this.#expectedBefore = expected;
		this.#receivedBefore = this.#received;
		const share = expectedNow > 0 && lostNow > 0 ? Math.min(255, Math.floor((lostNow * 256) / expectedNow)) : 0;
		const lost = Math.max(0, Math.min(MAX_CUMULATIVE_LOST, expected - this.#received));
		this.#packet.writeUInt32BE(((share << 24) | lost) >>> 0, 32);
	}
}

/** Length of the source description: header, SSRC, one item, and at least one zero byte up to a multiple of four. */
function descriptionBytes(cname: string): number {
	return 8 + Math.ceil((2 + cname.length + 1) / 4) * 4;
}

function writeFixedParts(packet: Buffer, ssrc: number, cname: string): void {
	packet[0] = 0x81;
	packet[1] = SENDER_REPORT;
	packet.writeUInt16BE(SENDER_REPORT_BYTES / 4 - 1, 2);
	packet.writeUInt32BE(ssrc, 4);
	packet[SENDER_REPORT_BYTES] = 0x81;
	packet[SENDER_REPORT_BYTES + 1] = SOURCE_DESCRIPTION;
	packet.writeUInt16BE((packet.length - SENDER_REPORT_BYTES) / 4 - 1, SENDER_REPORT_BYTES + 2);
	packet.writeUInt32BE(ssrc, SENDER_REPORT_BYTES + 4);
	packet[SENDER_REPORT_BYTES + 8] = CNAME;
	packet[SENDER_REPORT_BYTES + 9] = cname.length;
	packet.write(cname, SENDER_REPORT_BYTES + 10, "latin1");
}
