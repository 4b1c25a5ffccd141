import { signal } from "@preact/signals";
import { openMicrophone } from "./microphone.ts";

/** How loud a microphone is, for as long as the meter lives. */
export class LevelMeter {
	/** 0 (silence) to 1 (loud speech). */
	readonly level = signal(0);
	#stream: MediaStream | undefined;
	#context: AudioContext | undefined;
	#frame = 0;

	/** Opens the microphone and measures until `stop`. Rejects with MicrophoneError. */
	async start(microphone: string | undefined): Promise<void> {
		this.stop();
		this.#stream = await openMicrophone(microphone);
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
	}

	stop(): void {
		cancelAnimationFrame(this.#frame);
		for (const track of this.#stream?.getTracks() ?? []) track.stop();
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
