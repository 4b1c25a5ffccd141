/** The voice half of a leg over RTP: packets in, frames out, and back again. Knows nothing of ICE, DTLS or sockets. */

import { FRAME_SAMPLES } from "./audio.ts";
import { LossConcealer } from "./concealment.ts";
import { type Decode, decodeAlaw, decodeUlaw, type Encode, encodeAlaw, encodeUlaw } from "./g711.ts";
import { JitterBuffer } from "./jitter-buffer.ts";
import { RtcpReporter } from "./rtcp.ts";
import { emptyRtpHeader, isRtcp, parseRtp, RTP_HEADER_BYTES, type RtpHeader, writeRtpHeader } from "./rtp.ts";
import { EVENT_PAYLOAD_BYTES, TelephoneEventReceiver, TelephoneEventSender } from "./telephone-event.ts";

export const PCMU_PAYLOAD_TYPE = 0;
export const PCMA_PAYLOAD_TYPE = 8;
export const EVENT_PAYLOAD_TYPE = 101;
/** A report every five seconds of sound. */
const FRAMES_PER_REPORT = 250;

/** Both of G.711's laws, by their static payload types (RFC 3551, section 6). */
const laws: Record<number, { decode: Decode; encode: Encode }> = {
	[PCMU_PAYLOAD_TYPE]: { decode: decodeUlaw, encode: encodeUlaw },
	[PCMA_PAYLOAD_TYPE]: { decode: decodeAlaw, encode: encodeAlaw },
};

/** Counters of one direction pair, for `LegStats`. */
export interface VoiceCounters {
	packetsReceived: number;
	packetsSent: number;
	framesConcealed: number;
	framesPlayed: number;
}

export class RtpVoice {
	readonly counters: VoiceCounters = { packetsReceived: 0, packetsSent: 0, framesConcealed: 0, framesPlayed: 0 };
	readonly #onDigit: (digit: string) => void;
	readonly #ssrc: number;
	readonly #rtcp: RtcpReporter;
	readonly #jitter = new JitterBuffer();
	readonly #concealer = new LossConcealer();
	readonly #header = emptyRtpHeader();
	readonly #keysIn = new TelephoneEventReceiver();
	readonly #keysOut = new TelephoneEventSender();
	readonly #audioPacket = Buffer.alloc(RTP_HEADER_BYTES + FRAME_SAMPLES);
	readonly #eventPacket = Buffer.alloc(RTP_HEADER_BYTES + EVENT_PAYLOAD_BYTES);
	#sequence: number;
	#timestamp: number;
	#marker = true;
	#voiceType = PCMU_PAYLOAD_TYPE;
	#eventType = EVENT_PAYLOAD_TYPE;
	#encode: Encode = encodeUlaw;

	/** `ssrc` and `cname` name our stream; sequence and timestamp start at random places (RFC 3550 5.1). */
	constructor(ssrc: number, cname: string, onDigit: (digit: string) => void) {
		this.#ssrc = ssrc;
		this.#rtcp = new RtcpReporter(ssrc, cname);
		this.#onDigit = onDigit;
		this.#sequence = Math.floor(Math.random() * 0x8000);
		this.#timestamp = Math.floor(Math.random() * 0xffffffff);
	}

	/**
	 * Says how both sides speak from now on; µ-law and 101 until then.
	 * @param voiceType 0 for µ-law, 8 for A-law
	 * @param eventType payload type of keys (RFC 4733)
	 */
	use(voiceType: number, eventType: number): void {
		const law = laws[voiceType];
		if (!law) return;
		this.#voiceType = voiceType;
		this.#eventType = eventType;
		this.#encode = law.encode;
		this.#jitter.use(law.decode);
	}

	sendDtmf(digits: string): void {
		this.#keysOut.enqueue(digits);
	}

	/** Takes a packet from the network. Anything but our two payload types is ignored. */
	receive(packet: Uint8Array): void {
		const header = this.#header;
		if (isRtcp(packet)) this.#rtcp.heardRtcp(packet, performance.now());
		else if (parseRtp(packet, header)) this.#receiveRtp(packet, header);
	}

	/** The RTCP report to be sent beside the packets, when it is time for one. */
	takeDueReport(): Buffer | undefined {
		const packets = this.counters.packetsSent;
		if (packets % FRAMES_PER_REPORT !== 1) return undefined;
		const sent = { rtpTimestamp: this.#timestamp, packets, octets: packets * FRAME_SAMPLES };
		return this.#rtcp.report(sent, performance.now(), Date.now());
	}

	#receiveRtp(packet: Uint8Array, header: RtpHeader): void {
		this.counters.packetsReceived++;
		this.#rtcp.heardRtp(header, performance.now());
		if (header.payloadType === this.#voiceType) {
			this.#jitter.put(header.ssrc, header.timestamp, packet, header.payloadAt, header.payloadLength);
		} else if (header.payloadType === this.#eventType) {
			// While keys are pressed the sender sends no audio (RFC 4733 2.6); that is no loss.
			this.#jitter.pause();
			const digit = this.#keysIn.receive(packet, header.payloadAt, header.payloadLength, header.timestamp);
			if (digit) this.#onDigit(digit);
		}
	}

	/** The next 20 ms of what the party said; false when that is silence. */
	pull(out: Int16Array): boolean {
		const result = this.#jitter.read(out);
		if (result === "played") {
			this.counters.framesPlayed++;
			this.#concealer.heard(out);
			return true;
		}
		if (result === "idle") {
			out.fill(0);
			return false;
		}
		this.counters.framesConcealed++;
		this.#concealer.conceal(out);
		return true;
	}

	/** The packet that carries `frame`, valid until the next call. */
	packetize(frame: Int16Array): Buffer {
		const clock = this.#timestamp;
		this.#timestamp = (clock + FRAME_SAMPLES) >>> 0;
		this.counters.packetsSent++;
		this.#sequence = (this.#sequence + 1) & 0xffff;
		const event = this.#keysOut.next(this.#eventPacket, RTP_HEADER_BYTES, clock);
		if (event) {
			this.#writeHeader(this.#eventPacket, this.#eventType, event.marker, event.timestamp);
			this.#marker = true;
			return this.#eventPacket;
		}
		this.#encode(frame, this.#audioPacket, RTP_HEADER_BYTES);
		this.#writeHeader(this.#audioPacket, this.#voiceType, this.#marker, clock);
		this.#marker = false;
		return this.#audioPacket;
	}

	#writeHeader(packet: Buffer, payloadType: number, marker: boolean, timestamp: number): void {
		writeRtpHeader(packet, payloadType, marker, this.#sequence, timestamp, this.#ssrc);
	}
}
