/** Understands what tests say: tones, by their height and length, and anything else as that somebody spoke. */

const rate = 8000;
const frameSamples = 160;
/** Quieter than this is silence; line noise and comfort noise are. */
const silenceLevel = 300;
/** Somebody has finished who says nothing for so long, in frames of 20 ms. */
const pauseFrames = 15;

export interface Utterance {
	text: string;
	words: Array<{ word: string; start: number; end: number; conf: number }>;
}

/** Hears one voice; a frame at a time it says what is being said, or was. */
export class WordsOfSound {
	#rest: number[] = [];
	#frame = 0;
	/** Where it began, in frames, and all of it. */
	#saying: { from: number; samples: number[] } | undefined;
	#quiet = 0;

	/** @returns what was said to its end within these samples */
	hear(samples: Int16Array): Utterance[] {
		this.#rest.push(...samples);
		const said: Utterance[] = [];
		while (this.#rest.length >= frameSamples) {
			const ended = this.#hearFrame(this.#rest.splice(0, frameSamples));
			if (ended) said.push(ended);
		}
		return said;
	}

	/** What is being said just now. */
	get partial(): string {
		return this.#saying ? textOf(this.#saying.samples) : "";
	}

	/** What was left when nothing more came. */
	end(): Utterance {
		return this.#take() ?? { text: "", words: [] };
	}

	#hearFrame(frame: number[]): Utterance | undefined {
		const isLoud = frame.some((sample) => Math.abs(sample) > silenceLevel);
		const at = this.#frame++;
		if (isLoud) {
			this.#saying ??= { from: at, samples: [] };
			this.#quiet = 0;
		}
		if (!this.#saying) return undefined;
		if (isLoud) this.#saying.samples.push(...frame);
		else if (++this.#quiet >= pauseFrames) return this.#take();
		return undefined;
	}

	#take(): Utterance | undefined {
		const saying = this.#saying;
		this.#saying = undefined;
		this.#quiet = 0;
		if (!saying) return undefined;
		const [start, seconds] = [(saying.from * frameSamples) / rate, saying.samples.length / rate];
		const text = textOf(saying.samples);
		const each = text.split(" ");
		const words = each.map((word, index) => ({
			word,
			start: start + (seconds * index) / each.length,
			end: start + (seconds * (index + 1)) / each.length,
			conf: 0.9,
		}));
		return { text, words };
	}
}

/** `tone 500`, or `speech` for what is no tone. */
function textOf(samples: readonly number[]): string {
	const crossings = samples.flatMap((sample, at) => (at > 0 && (samples[at - 1] ?? 0) < 0 && sample >= 0 ? [at] : []));
	const periods = crossings.slice(1).map((at, index) => at - (crossings[index] ?? 0));
	if (periods.length < 5) return "speech";
	const mean = periods.reduce((sum, one) => sum + one, 0) / periods.length;
	const isTone = periods.filter((one) => Math.abs(one - mean) <= 2).length > periods.length * 0.9;
	return isTone ? `tone ${Math.round(rate / mean / 20) * 20}` : "speech";
}
