import type { LayOut } from "../recordings/lay-out.ts";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../voice/media/audio.ts";
import { isLoud } from "../voice/media/quiet-watch.ts";

/** Points of a voicemail's waveform (agent-features 7). */
export const voicemailPoints = 100;
/** Less speech than this is no message, in ms. */
export const shortestSpeechMs = 2000;
/** What is kept of the silence after the last word, in moments. */
const tail = SAMPLE_RATE;

/** What of a message is heard: how long somebody speaks in it, and where the last of it is. */
export class Heard {
	speechMs = 0;
	/** Moments up to the end of the last sound. */
	end = 0;
	#at = 0;

	/** @param samples one sample a moment */
	add(samples: Int16Array): void {
		for (let from = 0; from < samples.length; from += FRAME_SAMPLES) {
			const frame = samples.subarray(from, from + FRAME_SAMPLES);
			if (!isLoud(frame)) continue;
			this.speechMs += (frame.length * 1000) / SAMPLE_RATE;
			this.end = this.#at + from + frame.length;
		}
		this.#at += samples.length;
	}

	skip(moments: number): void {
		this.#at += moments;
	}

	/** Without the silence by which it ended. */
	cut(plan: LayOut): LayOut {
		let left = Math.min(plan.length, this.end + tail);
		const parts = plan.parts.flatMap((part) => {
			const silence = Math.min(left, part.silence);
			const taken = Math.min(left - silence, part.length);
			left -= silence + taken;
			return taken > 0 ? [{ ...part, silence, length: taken }] : [];
		});
		// A gap that nothing follows is not kept, and so not counted.
		return { ...plan, parts, length: parts.reduce((sum, part) => sum + part.silence + part.length, 0) };
	}
}
