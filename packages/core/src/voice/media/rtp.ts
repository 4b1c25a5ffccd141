/** RTP packets (RFC 3550): reading the header in place and writing our own, without allocating per packet. */

export const RTP_HEADER_BYTES = 12;

/** A parsed header; one object is reused for every packet. */
export interface RtpHeader {
	payloadType: number;
	marker: boolean;
	sequence: number;
	timestamp: number;
	ssrc: number;
	payloadAt: number;
	payloadLength: number;
}

export function emptyRtpHeader(): RtpHeader {
	return { payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0, payloadAt: 0, payloadLength: 0 };
}

/** True for RTCP multiplexed on the same port (RFC 5761 section 4: packet types 192–223). */
export function isRtcp(packet: Uint8Array): boolean {
	const type = packet[1] ?? 0;
	return type >= 192 && type <= 223;
}

/** Reads `packet` into `header`. Returns false when it is not a well-formed RTP packet. */
export function parseRtp(packet: Uint8Array, header: RtpHeader): boolean {
	const length = packet.length;
	const first = packet[0] as number;
	if (length < RTP_HEADER_BYTES || first >> 6 !== 2) return false;
	let at = RTP_HEADER_BYTES + (first & 0x0f) * 4;
	if (first & 0x10) {
		if (at + 4 > length) return false;
		at += 4 + read16(packet, at + 2) * 4;
	}
	const padding = first & 0x20 ? (packet[length - 1] as number) : 0;
	if (at + padding > length) return false;
	const second = packet[1] as number;
	header.marker = (second & 0x80) !== 0;
	header.payloadType = second & 0x7f;
	header.sequence = read16(packet, 2);
	header.timestamp = read32(packet, 4);
	header.ssrc = read32(packet, 8);
	header.payloadAt = at;
	header.payloadLength = length - at - padding;
	return true;
}

/** Writes a header without CSRCs or extensions at the start of `packet`. */
export function writeRtpHeader(
	packet: Uint8Array,
	payloadType: number,
	marker: boolean,
	sequence: number,
	timestamp: number,
	ssrc: number,
): void {
	packet[0] = 0x80;
	packet[1] = (marker ? 0x80 : 0) | payloadType;
	packet[2] = sequence >>> 8;
	packet[3] = sequence;
	write32(packet, 4, timestamp);
	write32(packet, 8, ssrc);
}

/** Signed distance `a - b` of two RTP timestamps, across the wrap at 2^32. */
export function timestampDistance(a: number, b: number): number {
	return (a - b) | 0;
}

function read16(from: Uint8Array, at: number): number {
	return ((from[at] as number) << 8) | (from[at + 1] as number);
}

export function read32(from: Uint8Array, at: number): number {
	return ((read16(from, at) << 16) | read16(from, at + 2)) >>> 0;
}

export function write32(to: Uint8Array, at: number, value: number): void {
	to[at] = value >>> 24;
	to[at + 1] = value >>> 16;
	to[at + 2] = value >>> 8;
	to[at + 3] = value;
}
