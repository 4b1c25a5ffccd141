import { type AudioSource, FRAME_MS } from "./audio.ts";
import { Speech } from "./speech.ts";

const text = "You have a call. Press one to take the call.";
const pauseFrames = 1500 / FRAME_MS;

/** Asks whoever answers a call that is forwarded to them, again and again. */
export class TakeQuestion implements AudioSource {
	#speech = new Speech(text);
	#pause = 0;

	read(out: Int16Array): boolean {
		if (this.#pause > 0) {
			out.fill(0);
			if (--this.#pause === 0) this.#speech = new Speech(text);
		} else if (!this.#speech.read(out)) this.#pause = pauseFrames;
		return true;
	}
}
