import type { MediaEvent, RecordingChannel } from "../media-engine.ts";
import { FRAME_MS, FRAME_SAMPLES } from "./audio.ts";

/** Frames that are handed on at once: 200 ms, in which people notice no delay of what is read. */
const pieceFrames = 10;

/** Gathers what each side of a bridge says into pieces and hands them on; of a side that was silent it hands on nothing. */
export class SideSound {
	readonly #bridgeId: string;
	readonly #emit: (event: MediaEvent) => void;
	readonly #left = new Int16Array(pieceFrames * FRAME_SAMPLES);
	readonly #right = new Int16Array(pieceFrames * FRAME_SAMPLES);
	#frames = 0;
	#handedOnMs = 0;

	constructor(bridgeId: string, emit: (event: MediaEvent) => void) {
		this.#bridgeId = bridgeId;
		this.#emit = emit;
	}

	/** Takes one frame of both sides. */
	write(left: Int16Array, right: Int16Array): void {
		const at = this.#frames * FRAME_SAMPLES;
		this.#left.set(left, at);
		this.#right.set(right, at);
		if (++this.#frames === pieceFrames) this.finish();
	}

	/** Hands on what has been gathered. */
	finish(): void {
		if (this.#frames === 0) return;
		const durationMs = this.#frames * FRAME_MS;
		const length = this.#frames * FRAME_SAMPLES;
		const sides = { ...said("left", this.#left, length), ...said("right", this.#right, length) };
		this.#emit({ type: "sound", bridgeId: this.#bridgeId, offsetMs: this.#handedOnMs, durationMs, ...sides });
		this.#handedOnMs += durationMs;
		this.#frames = 0;
	}
}

/** Samples as a message between processes carries them. */
function said(side: RecordingChannel, samples: Int16Array, length: number): Partial<Record<RecordingChannel, string>> {
	const heard = samples.subarray(0, length);
	if (heard.every((sample) => sample === 0)) return {};
	return { [side]: Buffer.from(heard.buffer, heard.byteOffset, heard.byteLength).toString("base64") };
}
