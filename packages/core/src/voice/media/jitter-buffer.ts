/**
 * Evens out the arrival of packets. Samples are placed by RTP timestamp, so reordering, duplicates and
 * any packet length come right by themselves. The buffer aims at a depth of a few frames, adapts it to the
 * network, and follows clock drift by inventing a frame (when it runs dry) or dropping one (when it fills up).
 */

import { FRAME_SAMPLES } from "./audio.ts";
import { type Decode, decodeUlaw } from "./g711.ts";
import { timestampDistance } from "./rtp.ts";

const SLOTS = 32;
const MIN_TARGET = 2;
const MAX_TARGET = 6;
/** Depth is judged once a second, target lowered again after ten calm seconds. */
const WINDOW_FRAMES = 50;
const CALM_WINDOWS = 10;
/** Dry for this many frames in a row means the sender paused: start afresh with the next packet. */
const PAUSE_FRAMES = 10;

/** What `read` could give. `idle`: nothing is being received, so nothing is missing either. */
export type ReadResult = "played" | "concealed" | "idle";

export class JitterBuffer {
	readonly #samples = new Int16Array(SLOTS * FRAME_SAMPLES);
	readonly #filled = new Uint16Array(SLOTS);
	#anchor = 0;
	#ssrc = -1;
	#next = 0;
	#end = 0;
	#state: "idle" | "filling" | "playing" = "idle";
	#target = MIN_TARGET;
	#paused = false;
	#dryInRow = 0;
	#framesInWindow = 0;
	#lowestDepth = SLOTS;
	#dryInWindow = 0;
	#calmWindows = 0;
	#decode: Decode = decodeUlaw;

	/** Frames received and not yet played. */
	get depth(): number {
		return this.#end - this.#next;
	}

	/** Says how payload is read from now on; µ-law until then. */
	use(decode: Decode): void {
		this.#decode = decode;
	}

	/** Adds a packet's payload. Too late or absurdly early packets are dropped, or start the stream afresh. */
	put(ssrc: number, timestamp: number, payload: Uint8Array, at: number, length: number): void {
		if (ssrc !== this.#ssrc || this.#state === "idle") this.#restart(ssrc, timestamp);
		if (this.#paused) this.#resume(timestamp);
		let position = timestampDistance(timestamp, this.#anchor);
		const frame = Math.floor(position / FRAME_SAMPLES);
		if (frame < this.#next - SLOTS || frame + length / FRAME_SAMPLES > this.#next + SLOTS) {
			this.#restart(ssrc, timestamp);
			position = 0;
		}
		this.#store(position, payload, at, length);
	}

	/** The sender says it interrupts its sound (for keys): what comes next follows on without a gap, and nothing is missing. */
	pause(): void {
		this.#paused = this.#state !== "idle";
	}

	/** Takes the next frame into `out`; after "concealed" or "idle" the content of `out` is the caller's to invent. */
	read(out: Int16Array): ReadResult {
		if (this.#state === "idle") return "idle";
		if (this.#state === "filling") {
			if (this.depth < this.#target) return this.#stayDry("idle");
			this.#state = "playing";
		}
		this.#judgeDepth();
		if (this.depth <= 0) {
			if (this.#paused) return this.#stayDry("idle");
			this.#dryInWindow++;
			return this.#stayDry("concealed");
		}
		this.#dryInRow = 0;
		return this.#take(out) ? "played" : "concealed";
	}

	#restart(ssrc: number, timestamp: number): void {
		this.#ssrc = ssrc;
		this.#anchor = timestamp;
		this.#next = 0;
		this.#end = 0;
		this.#dryInRow = 0;
		this.#paused = false;
		this.#filled.fill(0);
		this.#state = "filling";
	}

	/** Sets the clock forward by the interruption. A packet from before it, overtaken on the way, resumes nothing. */
	#resume(timestamp: number): void {
		const gap = timestampDistance(timestamp, this.#anchor) - this.#end * FRAME_SAMPLES;
		if (gap < 0) return;
		this.#anchor = (this.#anchor + gap) >>> 0;
		this.#paused = false;
		if (this.depth > 0) return;
		this.#dryInRow = 0;
		this.#state = "filling";
	}

	#store(position: number, payload: Uint8Array, at: number, length: number): void {
		let done = 0;
		while (done < length) {
			const frame = Math.floor((position + done) / FRAME_SAMPLES);
			const offset = position + done - frame * FRAME_SAMPLES;
			const count = Math.min(FRAME_SAMPLES - offset, length - done);
			if (frame >= this.#next) {
				const slot = frame % SLOTS;
				this.#decode(payload, at + done, count, this.#samples, slot * FRAME_SAMPLES + offset);
				this.#filled[slot] = (this.#filled[slot] as number) + count;
				if (frame >= this.#end) this.#end = frame + 1;
			}
			done += count;
		}
	}

	#take(out: Int16Array): boolean {
		const slot = this.#next % SLOTS;
		const complete = (this.#filled[slot] as number) >= FRAME_SAMPLES;
		if (complete) {
			const from = slot * FRAME_SAMPLES;
			for (let i = 0; i < FRAME_SAMPLES; i++) out[i] = this.#samples[from + i] as number;
		}
		this.#filled[slot] = 0;
		this.#next++;
		return complete;
	}

	/** Nothing to play: time stretches by a frame, which is also how a slow sender's drift is followed. */
	#stayDry(result: ReadResult): ReadResult {
		this.#dryInRow++;
		if (this.#dryInRow >= PAUSE_FRAMES) this.#state = "idle";
		return result;
	}

	#judgeDepth(): void {
		if (this.depth < this.#lowestDepth) this.#lowestDepth = this.depth;
		if (++this.#framesInWindow < WINDOW_FRAMES) return;
		if (this.#dryInWindow > 0) this.#widen();
		else this.#relax();
		this.#framesInWindow = 0;
		this.#lowestDepth = SLOTS;
		this.#dryInWindow = 0;
	}

	#widen(): void {
		this.#calmWindows = 0;
		// One dry frame already stretched the buffer by itself; only repeated ones ask for more reserve.
		if (this.#dryInWindow > 1) this.#target = Math.min(MAX_TARGET, this.#target + 1);
	}

	#relax(): void {
		if (++this.#calmWindows >= CALM_WINDOWS) {
			this.#calmWindows = 0;
			this.#target = Math.max(MIN_TARGET, this.#target - 1);
		}
		if (this.#lowestDepth > this.#target) this.#dropFrame();
	}

	/** The buffer never came down to its target for a whole second: the sender's clock is faster, or a burst is over. */
	#dropFrame(): void {
		this.#filled[this.#next % SLOTS] = 0;
		this.#next++;
	}
}
