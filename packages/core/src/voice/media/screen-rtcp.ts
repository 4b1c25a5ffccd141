/**
 * RTCP between who shows a screen and who sees it (RFC 3550 section 6, RFC 4585, RFC 5104, draft-alvestrand-rmcat-remb):
 * the relay passes on what one side says of the other's stream under the name that the other knows it by.
 */

import { read32, write32 } from "./rtp.ts";

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const TRANSPORT_FEEDBACK = 205;
const PAYLOAD_FEEDBACK = 206;
const NACK = 1;
const PICTURE_LOSS = 1;
const FULL_INTRA = 4;
const APPLICATION = 15;
const REMB = 0x52454d42;
const REPORT_BLOCK_BYTES = 24;

/** What a viewer says. */
export interface ViewerSays {
	/** Reports of loss and wishes for packets again, to be passed on. */
	passed: Buffer[];
	/** It needs a whole picture. */
	wantsPicture: boolean;
	/** What it can take, in bit/s, where it says so. */
	bitrate?: number;
}

/** Reads what a viewer sent of the stream that it knows as any name, under the name of its source. What is malformed is passed over. */
export function readViewerRtcp(compound: Buffer, source: number): ViewerSays {
	const says: ViewerSays = { passed: [], wantsPicture: false };
	for (const packet of packetsIn(compound)) {
		const [type, kind] = [packet[1], (packet[0] as number) & 0x1f];
		if (type === RECEIVER_REPORT) says.passed.push(ofSource(packet, source, kind));
		if (type === TRANSPORT_FEEDBACK && kind === NACK && packet.length >= 16) {
			write32(packet, 8, source);
			says.passed.push(packet);
		}
		if (type !== PAYLOAD_FEEDBACK) continue;
		if (kind === PICTURE_LOSS || kind === FULL_INTRA) says.wantsPicture = true;
		const bitrate = kind === APPLICATION ? bitrateOf(packet) : undefined;
		if (bitrate !== undefined) says.bitrate = bitrate;
	}
	return says;
}

/** The sender report of who shows the screen, under the name by which viewers know the stream; without it there is no sense of time. */
export function readSourceReport(compound: Buffer, shownAs: number): Buffer | undefined {
	for (const packet of packetsIn(compound)) {
		if (packet[1] !== SENDER_REPORT || packet.length < 28) continue;
		const report = Buffer.from(packet.subarray(0, 28));
		report[0] = 0x80;
		report.writeUInt16BE(6, 2);
		write32(report, 4, shownAs);
		return report;
	}
	return undefined;
}

/** Asks for a whole picture (RFC 4585 section 6.3.1). */
export function pictureLoss(from: number, source: number): Buffer {
	const packet = Buffer.alloc(12);
	packet[0] = 0x80 | PICTURE_LOSS;
	packet[1] = PAYLOAD_FEEDBACK;
	packet.writeUInt16BE(2, 2);
	write32(packet, 4, from);
	write32(packet, 8, source);
	return packet;
}

/** Says how much may come. @param bitrate bit/s */
export function bitrateLimit(from: number, source: number, bitrate: number): Buffer {
	const packet = Buffer.alloc(24);
	packet[0] = 0x80 | APPLICATION;
	packet[1] = PAYLOAD_FEEDBACK;
	packet.writeUInt16BE(5, 2);
	write32(packet, 4, from);
	write32(packet, 12, REMB);
	const exponent = Math.max(0, Math.floor(Math.log2(Math.max(1, bitrate))) - 17);
	const mantissa = Math.floor(bitrate / 2 ** exponent);
	write32(packet, 16, ((1 << 24) | (exponent << 18) | mantissa) >>> 0);
	write32(packet, 20, source);
	return packet;
}

/** The single packets of a compound one, as far as it is well formed (RFC 3550 section 6.1). */
function* packetsIn(compound: Buffer): Generator<Buffer> {
	for (let at = 0; at + 8 <= compound.length; ) {
		const length = (compound.readUInt16BE(at + 2) + 1) * 4;
		if ((compound[at] as number) >> 6 !== 2 || at + length > compound.length) return;
		if (length >= 8) yield compound.subarray(at, at + length);
		at += length;
	}
}

function ofSource(report: Buffer, source: number, blocks: number): Buffer {
	for (let at = 8; at + REPORT_BLOCK_BYTES <= Math.min(report.length, 8 + blocks * REPORT_BLOCK_BYTES); ) {
		write32(report, at, source);
		at += REPORT_BLOCK_BYTES;
	}
	return report;
}

function bitrateOf(packet: Buffer): number | undefined {
	if (packet.length < 20 || read32(packet, 12) !== REMB) return undefined;
	const value = read32(packet, 16);
	return (value & 0x3ffff) * 2 ** ((value >>> 18) & 0x3f);
}
