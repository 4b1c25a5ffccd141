import { signal } from "@preact/signals";

/** How loud two streams are, for the eye only: the caller's microphone and what the caller hears. */
export class Meter {
	/** 0 (silence) to 1 (loud speech). */
	readonly own = signal(0);
	readonly other = signal(0);
	#context: AudioContext | undefined;
	#frame = 0;
	#probes = new Map<"own" | "other", AnalyserNode>();

	/** Measures a stream until another takes its place. */
	watch(which: "own" | "other", stream: MediaStream): void {
		this.#context ??= new AudioContext();
		const probe = new AnalyserNode(this.#context, { fftSize: 512 });
		this.#context.createMediaStreamSource(stream).connect(probe);
		this.#probes.set(which, probe);
		if (this.#frame === 0) this.#measure();
	}

	stop(): void {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		this.#probes.clear();
		void this.#context?.close();
		this.#context = undefined;
		this.own.value = this.other.value = 0;
	}

	#measure(): void {
		const samples = new Float32Array(512);
		for (const [which, probe] of this.#probes) {
			probe.getFloatTimeDomainData(samples);
			this[which].value = loudness(samples);
		}
		this.#frame = requestAnimationFrame(() => this.#measure());
	}
}

/** Root mean square of samples on a scale where -60 dB is 0 and -10 dB is 1. */
export function loudness(samples: Float32Array): number {
	const energy = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
	return Math.min(1, Math.max(0, (10 * Math.log10(energy + 1e-12) + 60) / 50));
}
