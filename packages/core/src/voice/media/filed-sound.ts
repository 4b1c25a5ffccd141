import { readFileSync } from "node:fs";
import type { AudioSource } from "./audio.ts";
import { readPcmWav } from "./pcm-wav.ts";

/**
 * A sound out of a file, such as a greeting: at most a megabyte, read at once, as the file was written a moment ago.
 * @returns undefined for one that cannot be read
 */
export function filedSound(file: string): AudioSource | undefined {
	try {
		const { samples } = readPcmWav(readFileSync(file));
		return new Samples(samples);
	} catch (error) {
		process.stderr.write(`a sound could not be read: ${error instanceof Error ? error.message : error}\n`);
		return undefined;
	}
}

class Samples implements AudioSource {
	readonly #samples: Int16Array;
	#at = 0;

	constructor(samples: Int16Array) {
		this.#samples = samples;
	}

	read(out: Int16Array): boolean {
		out.fill(0);
		out.set(this.#samples.subarray(this.#at, this.#at + out.length));
		this.#at += out.length;
		return this.#at < this.#samples.length;
	}
}
