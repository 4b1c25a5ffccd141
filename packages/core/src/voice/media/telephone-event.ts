/** Keys as RTP telephone events (RFC 4733): hearing each press once, and sending presses in the clock of the audio. */

import { FRAME_SAMPLES } from "./audio.ts";

const DIGITS = "0123456789*#ABCD";
const END_BIT = 0x80;
const VOLUME_DBM0 = 10;
export const EVENT_PAYLOAD_BYTES = 4;
/** A press lasts 120 ms and is followed by a gap of 80 ms: well above the 40 ms that receivers need (RFC 4733 2.3). */
const PRESS_FRAMES = 6;
const GAP_FRAMES = 4;
/** A comma among the keys: two seconds without one, as phones have it. */
const PAUSE = -2;
const PAUSE_FRAMES = 100;
/** The end is sent three times in all, because it may get lost (RFC 4733 2.5.1.4). */
const END_REPEATS = 3;

/** Recognises key presses. All packets of one press share a timestamp, so each timestamp counts once, lost ends included. */
export class TelephoneEventReceiver {
	#lastTimestamp = -1;

	/** Returns the digit when this packet begins a press not seen before, else undefined. */
	receive(payload: Uint8Array, at: number, length: number, timestamp: number): string | undefined {
		if (length < EVENT_PAYLOAD_BYTES || timestamp === this.#lastTimestamp) return undefined;
		this.#lastTimestamp = timestamp;
		return DIGITS[payload[at] as number];
	}
}

/** One packet to be sent in place of audio. */
export interface EventPacket {
	timestamp: number;
	marker: boolean;
}

/** Sends queued digits, one packet per 20 ms frame; while it sends, audio pauses. */
export class TelephoneEventSender {
	#queue: number[] = [];
	/** Frames of silence that are left of a pause. */
	#pause = 0;
	#code = -1;
	#frame = 0;
	#startedAt = 0;
	readonly #packet: EventPacket = { timestamp: 0, marker: false };

	/** Appends keys, and a pause for each comma; other characters are left out. */
	enqueue(digits: string): void {
		for (const digit of digits.toUpperCase()) {
			const code = digit === "," ? PAUSE : DIGITS.indexOf(digit);
			if (code !== -1) this.#queue.push(code);
		}
	}

	/**
	 * Writes this frame's event payload to `out` at `at` and returns its RTP fields,
	 * or undefined when the frame belongs to audio. `clock` is the audio timestamp of the frame.
	 */
	next(out: Uint8Array, at: number, clock: number): EventPacket | undefined {
		if (this.#pause > 0) {
			this.#pause--;
			return undefined;
		}
		if (this.#code < 0 && !this.#begin(clock)) return undefined;
		const frame = this.#frame++;
		if (frame >= PRESS_FRAMES + END_REPEATS - 1) {
			if (frame >= PRESS_FRAMES + GAP_FRAMES) this.#code = -1;
			return undefined;
		}
		this.#writePayload(out, at, frame);
		this.#packet.timestamp = this.#startedAt;
		this.#packet.marker = frame === 0;
		return this.#packet;
	}

	#begin(clock: number): boolean {
		const code = this.#queue.shift();
		if (code === undefined) return false;
		if (code === PAUSE) {
			this.#pause = PAUSE_FRAMES;
			return false;
		}
		this.#code = code;
		this.#frame = 0;
		this.#startedAt = clock;
		return true;
	}

	#writePayload(out: Uint8Array, at: number, frame: number): void {
		const ended = frame >= PRESS_FRAMES - 1;
		const duration = Math.min(frame + 1, PRESS_FRAMES) * FRAME_SAMPLES;
		out[at] = this.#code;
		out[at + 1] = (ended ? END_BIT : 0) | VOLUME_DBM0;
		out[at + 2] = duration >> 8;
		out[at + 3] = duration;
	}
}
