import type { Devices } from "./devices.ts";

const bell = [
	{ hz: 523.25, at: 0 },
	{ hz: 659.25, at: 0.16 },
	{ hz: 783.99, at: 0.32 },
];
const knock = [
	{ hz: 392, at: 0 },
	{ hz: 392, at: 0.3 },
];
const everyMs = 2400;

/** The ring tone, made by the browser itself: three soft notes, repeated until stopped. */
export class Ringer {
	readonly #devices: Devices;
	#context: AudioContext | undefined;
	#timer: ReturnType<typeof setInterval> | undefined;

	constructor(devices: Devices) {
		this.#devices = devices;
	}

	get ringing(): boolean {
		return this.#timer !== undefined;
	}

	start(): void {
		if (this.#timer !== undefined) return;
		this.#timer = setInterval(() => this.#ringOnce(), everyMs);
		this.#ringOnce();
	}

	stop(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	/** A second call while the agent talks: two soft notes, once. */
	chime(): void {
		const context = this.#open();
		if (!context) return;
		void context.resume();
		for (const note of knock) this.#play(context, note.hz, context.currentTime + 0.05 + note.at, 0.15);
	}

	/** One ring, to choose volume and speaker by. */
	test(): void {
		this.#ringOnce();
	}

	dispose(): void {
		this.stop();
		void this.#context?.close();
		this.#context = undefined;
	}

	#ringOnce(): void {
		const context = this.#open();
		if (!context) return;
		void context.resume();
		for (const note of bell) this.#play(context, note.hz, context.currentTime + 0.05 + note.at);
	}

	#open(): AudioContext | undefined {
		try {
			this.#context ??= new AudioContext();
		} catch {
			// No sound hardware at all: the panel still shows the call.
			return undefined;
		}
		const sink = this.#devices.ringerNow.peek() ?? "";
		const context = this.#context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
		context.setSinkId?.(sink).catch(() => undefined);
		return context;
	}

	#play(context: AudioContext, hz: number, at: number, loudness = 0.5): void {
		const gain = context.createGain();
		gain.gain.setValueAtTime(0, at);
		gain.gain.linearRampToValueAtTime(this.#devices.ringVolume.peek() * loudness, at + 0.02);
		gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.9);
		const tone = new OscillatorNode(context, { type: "triangle", frequency: hz });
		tone.connect(gain).connect(context.destination);
		tone.start(at);
		tone.stop(at + 1);
	}
}
