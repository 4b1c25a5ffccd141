/** Sound that only both ends can hear and nobody can slip in: SRTP with AES in counter mode and HMAC-SHA1 (RFC 3711). */

import { createCipheriv, createHmac, timingSafeEqual } from "node:crypto";
import { emptyRtpHeader, parseRtp } from "./rtp.ts";
import type { SdesKey } from "./rtp-sdp.ts";

const masterKeyBytes = 16;
const saltBytes = 14;
const authKeyBytes = 20;
/** What keys are derived for (RFC 3711, section 4.3.1); reports have labels of their own, three further. */
const labels = { encryption: 0, authentication: 1, salt: 2 };
const reportLabels = 3;
/** SRTCP is always tagged with 80 bits (RFC 4568, section 6.2). */
const reportTagBytes = 10;
const indexBytes = 4;
const encrypted = 0x80000000;
const replayWindow = 64n;
/** How often a stream that is met in its middle may have run over: every 22 minutes, so for a day. */
const mostRollovers = 64;

interface Keys {
	encryption: Buffer;
	authentication: Buffer;
	salt: Buffer;
}

/** One direction of a stream: whoever sends protects, whoever receives opens. A new key is a new one of these. */
export class SrtpContext {
	readonly #sound: Keys;
	readonly #reports: Keys;
	readonly #tagBytes: number;
	readonly #header = emptyRtpHeader();
	#ssrc: number | undefined;
	#rollovers = 0;
	#lastSequence: number | undefined;
	#highest = -1n;
	#seen = 0n;
	#reportIndex = 0;
	#highestReport = -1;

	constructor({ key, suite }: Pick<SdesKey, "key" | "suite">) {
		this.#sound = derive(key, 0);
		this.#reports = derive(key, reportLabels);
		this.#tagBytes = suite === "AES_CM_128_HMAC_SHA1_32" ? 4 : 10;
	}

	/** An RTP packet as it goes out. */
	protect(packet: Uint8Array): Buffer {
		parseRtp(packet, this.#header);
		const { sequence, ssrc, payloadAt } = this.#header;
		if (this.#lastSequence !== undefined && sequence < this.#lastSequence) this.#rollovers++;
		this.#lastSequence = sequence;
		const body = this.#crypt(this.#sound, packet, payloadAt, packet.length, ssrc, this.#rollovers, sequence);
		return Buffer.concat([body, this.#tag(body, this.#rollovers)]);
	}

	/** An RTP packet that came; undefined for one that is not the peer's, was altered, or came before. */
	open(packet: Uint8Array): Buffer | undefined {
		const end = packet.length - this.#tagBytes;
		if (end <= 0 || !parseRtp(packet.subarray(0, end), this.#header)) return undefined;
		const { sequence, ssrc, payloadAt } = this.#header;
		if (ssrc !== this.#ssrc) return this.#openFirst(packet, end);
		const rollovers = this.#guess(sequence);
		const index = (BigInt(rollovers) << 16n) | BigInt(sequence);
		if (rollovers < 0 || this.#isReplayed(index)) return undefined;
		if (!this.#isGenuine(packet, end, rollovers)) return undefined;
		this.#remember(index, rollovers, sequence);
		return this.#crypt(this.#sound, packet.subarray(0, end), payloadAt, end, ssrc, rollovers, sequence);
	}

	/** A report as it goes out. */
	protectReport(packet: Uint8Array): Buffer {
		const index = this.#reportIndex++;
		const ssrc = Buffer.from(packet).readUInt32BE(4);
		const body = this.#crypt(this.#reports, packet, 8, packet.length, ssrc, index >>> 16, index & 0xffff);
		const trailer = Buffer.alloc(indexBytes);
		trailer.writeUInt32BE((index | encrypted) >>> 0);
		const whole = Buffer.concat([body, trailer]);
		return Buffer.concat([whole, hmac(this.#reports, whole).subarray(0, reportTagBytes)]);
	}

	/** As `open`, of a report. */
	openReport(packet: Uint8Array): Buffer | undefined {
		const end = packet.length - reportTagBytes;
		if (end < 8 + indexBytes) return undefined;
		const whole = Buffer.from(packet.subarray(0, end));
		if (!timingSafeEqual(hmac(this.#reports, whole).subarray(0, reportTagBytes), packet.subarray(end)))
			return undefined;
		const trailer = whole.readUInt32BE(end - indexBytes);
		const index = trailer & 0x7fffffff;
		if (index <= this.#highestReport) return undefined;
		this.#highestReport = index;
		const body = whole.subarray(0, end - indexBytes);
		if ((trailer & encrypted) === 0) return body;
		return this.#crypt(this.#reports, body, 8, body.length, body.readUInt32BE(4), index >>> 16, index & 0xffff);
	}

	/**
	 * A stream's first packet, and that of one that takes its place: genuine, or it begins nothing. One that we meet in its
	 * middle, as after a restart, has run over we do not know how often.
	 */
	#openFirst(packet: Uint8Array, end: number): Buffer | undefined {
		const most = this.#ssrc === undefined ? mostRollovers : 0;
		let rollovers = 0;
		while (rollovers <= most && !this.#isGenuine(packet, end, rollovers)) rollovers++;
		if (rollovers > most) return undefined;
		const { sequence, ssrc, payloadAt } = this.#header;
		this.#ssrc = ssrc;
		this.#seen = 0n;
		this.#highest = -1n;
		this.#remember((BigInt(rollovers) << 16n) | BigInt(sequence), rollovers, sequence);
		return this.#crypt(this.#sound, packet.subarray(0, end), payloadAt, end, ssrc, rollovers, sequence);
	}

	/** How often the 16 bits have run over by this packet (RFC 3711, section 3.3.1). */
	#guess(sequence: number): number {
		const last = this.#lastSequence as number;
		if (last < 0x8000) return sequence - last > 0x8000 ? this.#rollovers - 1 : this.#rollovers;
		return last - 0x8000 > sequence ? this.#rollovers + 1 : this.#rollovers;
	}

	#isReplayed(index: bigint): boolean {
		if (index > this.#highest) return false;
		const back = this.#highest - index;
		return back >= replayWindow || (this.#seen & (1n << back)) !== 0n;
	}

	#remember(index: bigint, rollovers: number, sequence: number): void {
		if (index > this.#highest) {
			const ahead = this.#highest < 0n ? 0n : index - this.#highest;
			this.#seen = ((ahead >= replayWindow ? 0n : this.#seen << ahead) | 1n) & ((1n << replayWindow) - 1n);
			this.#highest = index;
			this.#rollovers = rollovers;
			this.#lastSequence = sequence;
		} else this.#seen |= 1n << (this.#highest - index);
	}

	#isGenuine(packet: Uint8Array, end: number, rollovers: number): boolean {
		return timingSafeEqual(this.#tag(packet.subarray(0, end), rollovers), packet.subarray(end));
	}

	#tag(body: Uint8Array, rollovers: number): Buffer {
		const counted = Buffer.alloc(body.length + 4);
		counted.set(body);
		counted.writeUInt32BE(rollovers, body.length);
		return hmac(this.#sound, counted).subarray(0, this.#tagBytes);
	}

	/** The same in both directions (section 4.1.1): the counter begins with salt, stream and packet. */
	#crypt(keys: Keys, packet: Uint8Array, from: number, to: number, ssrc: number, high: number, low: number): Buffer {
		const counter = Buffer.alloc(16);
		keys.salt.copy(counter);
		counter.writeUInt32BE((counter.readUInt32BE(4) ^ ssrc) >>> 0, 4);
		counter.writeUInt32BE((counter.readUInt32BE(8) ^ high) >>> 0, 8);
		counter.writeUInt16BE(counter.readUInt16BE(12) ^ low, 12);
		const out = Buffer.from(packet.subarray(0, to));
		createCipheriv("aes-128-ctr", keys.encryption, counter).update(packet.subarray(from, to)).copy(out, from);
		return out;
	}
}

/** Session keys of a master key (RFC 3711, section 4.3.3). */
function derive(master: Buffer, firstLabel: number): Keys {
	const key = master.subarray(0, masterKeyBytes);
	const salt = master.subarray(masterKeyBytes, masterKeyBytes + saltBytes);
	const make = (label: number, bytes: number) => {
		const counter = Buffer.alloc(16);
		salt.copy(counter);
		counter[7] = (counter[7] as number) ^ label;
		return createCipheriv("aes-128-ctr", key, counter).update(Buffer.alloc(bytes));
	};
	return {
		encryption: make(labels.encryption + firstLabel, masterKeyBytes),
		authentication: make(labels.authentication + firstLabel, authKeyBytes),
		salt: make(labels.salt + firstLabel, saltBytes),
	};
}

function hmac({ authentication }: Keys, bytes: Uint8Array): Buffer {
	return createHmac("sha1", authentication).update(bytes).digest();
}
