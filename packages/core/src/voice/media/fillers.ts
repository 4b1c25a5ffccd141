import type { Filler } from "../media-engine.ts";
import type { AudioSource } from "./audio.ts";
import { ComfortNoise } from "./comfort-noise.ts";
import { HoldMusic } from "./hold-music.ts";
import { TakeQuestion } from "./take-question.ts";
import { Ringback } from "./tones.ts";

/** The sound of a filler, from its beginning. `none` is silence. */
export function fillerSource(filler: Filler): AudioSource {
	switch (filler) {
		case "music":
			return new HoldMusic();
		case "ringback":
			return new Ringback();
		case "comfort":
			return new ComfortNoise();
		case "take":
			return new TakeQuestion();
		case "none":
			return silence;
	}
}

const silence: AudioSource = {
	read(out) {
		out.fill(0);
		return true;
	},
};
