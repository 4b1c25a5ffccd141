import { Attempts } from "@inlay/contract/attempts";
import { signal } from "@preact/signals";
import { stop as stopStream } from "./any-microphone.ts";
import { openMicrophone } from "./microphone.ts";

/** How loud a microphone is, for as long as the meter lives. */
export class LevelMeter {
	/** 0 (silence) to 1 (loud speech). */
	readonly level = signal(0);
	#stream: MediaStream | undefined;
	#context: AudioContext | undefined;
	#frame = 0;
	readonly #attempts = new Attempts();

	/**
	 * Opens the microphone and measures until `stop`. Rejects with MicrophoneError.
	 * @returns false where it was stopped, or begun anew, before the microphone was open
	 */
	async start(microphone: string | undefined, open = openMicrophone): Promise<boolean> {
		this.stop();
		const isWanted = this.#attempts.begin();
		const stream = await open(microphone);
		if (!isWanted()) {
			stopStream(stream);
			return false;
		}
		this.#stream = stream;
		this.#context = new AudioContext();
		const analyser = this.#context.createAnalyser();
		analyser.fftSize = 512;
		this.#context.createMediaStreamSource(this.#stream).connect(analyser);
		const samples = new Float32Array(analyser.fftSize);
		const measure = () => {
			analyser.getFloatTimeDomainData(samples);
			this.level.value = loudness(samples);
			this.#frame = requestAnimationFrame(measure);
		};
		measure();
		return true;
	}

	stop(): void {
		this.#attempts.end();
		if (this.#context) cancelAnimationFrame(this.#frame);
		stopStream(this.#stream);
		void this.#context?.close();
		this.#stream = this.#context = undefined;
		this.level.value = 0;
	}
}

/** Root mean square of samples on a scale where -60 dB is 0 and -10 dB is 1. */
export function loudness(samples: Float32Array): number {
	let sum = 0;
	for (const sample of samples) sum += sample * sample;
	const decibels = 20 * Math.log10(Math.sqrt(sum / Math.max(1, samples.length)) || 1e-9);
	return Math.min(1, Math.max(0, (decibels + 60) / 50));
}
