import type { Filler } from "../media-engine.ts";
import type { AudioSource } from "./audio.ts";
import { ComfortNoise } from "./comfort-noise.ts";
import { HoldMusic } from "./hold-music.ts";
import { Speech } from "./speech.ts";
import { TakeQuestion } from "./take-question.ts";
import { Asking, Ringback } from "./tones.ts";

/** The sound of a filler, from its beginning. `none` is silence. */
export function fillerSource(filler: Filler): AudioSource {
	switch (filler) {
		case "music":
			return new HoldMusic();
		case "ringback":
			return new Ringback();
		case "asking":
			return new Asking();
		case "comfort":
			return new ComfortNoise();
		case "take":
			return new TakeQuestion();
		case "none":
			return silence;
		default:
			return new Said(filler.slice("say:".length));
	}
}

/** A text, and then silence. */
class Said implements AudioSource {
	#speech: Speech | undefined;

	constructor(text: string) {
		this.#speech = new Speech(text);
	}

	read(out: Int16Array): boolean {
		if (!this.#speech?.read(out)) this.#speech = undefined;
		return this.#speech !== undefined || silence.read(out);
	}
}

const silence: AudioSource = {
	read(out) {
		out.fill(0);
		return true;
	},
};
