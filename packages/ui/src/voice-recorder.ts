import { signal } from "@preact/signals";
import { wavOf } from "./wav.ts";

/** Where the sound comes from, and who counts the time. */
export interface RecorderParts {
	/** The window whose microphone it is. */
	place(): typeof globalThis;
	/** The microphone that was chosen; undefined: the browser's own choice. */
	deviceId(): string | undefined;
	/** Runs `task` once after `ms` milliseconds; gives the way to cancel it. */
	after(ms: number, task: () => void): () => void;
}

/** The longest greeting, ms (agent-features 7). */
const longestMs = 60_000;
const shortestMs = 1000;
/** What greetings are kept with is 8 kHz; twice that loses nothing of a voice. */
const sampleRate = 16_000;

/** Records a greeting in the browser, as a WAV file: played and used, or recorded anew. */
export class VoiceRecorder {
	readonly state = signal<"idle" | "recording" | "recorded" | "noMicrophone" | "tooShort">("idle");
	/** Since when it records, ms since 1970. */
	readonly since = signal(0);
	/** The loudness just now, 0 to 1. */
	readonly level = signal(0);
	/** Of what was recorded. */
	readonly url = signal("");
	#wav: Blob | undefined;
	#recorder: MediaRecorder | undefined;
	#stops: Array<() => void> = [];
	/** The newest start; none counts once it has gone. */
	#start: symbol | undefined;
	readonly #parts: RecorderParts;

	constructor(parts: RecorderParts) {
		this.#parts = parts;
	}

	get wav(): Blob | undefined {
		return this.#wav;
	}

	async start(): Promise<void> {
		this.#forget();
		const start = Symbol("start");
		this.#start = start;
		const isWanted = () => this.#start === start;
		try {
			const place = this.#parts.place();
			const deviceId = this.#parts.deviceId();
			const audio = deviceId ? { deviceId } : true;
			const stream = await place.navigator.mediaDevices.getUserMedia({ audio });
			const stop = () => {
				for (const track of stream.getTracks()) track.stop();
			};
			// Whoever has gone away while the browser asked is not listened to.
			if (!isWanted()) return stop();
			this.#stops.push(stop);
			this.#record(new place.MediaRecorder(stream));
			this.#watch(new place.AudioContext(), stream);
		} catch {
			if (!isWanted()) return;
			this.#release();
			this.state.value = "noMicrophone";
		}
	}

	stop(): void {
		if (this.#recorder?.state === "recording") this.#recorder.stop();
	}

	dispose(): void {
		this.#start = undefined;
		this.#recorder = undefined;
		this.#release();
		this.#forget();
	}

	#record(recorder: MediaRecorder): void {
		const parts: Blob[] = [];
		recorder.ondataavailable = ({ data }) => void parts.push(data);
		recorder.onstop = () => {
			this.#release();
			// Whoever has gone away wants nothing of it.
			const isWanted = () => this.#recorder === recorder;
			if (isWanted()) void this.#keep(new Blob(parts, { type: recorder.mimeType }), isWanted);
		};
		this.#recorder = recorder;
		recorder.start();
		this.since.value = Date.now();
		this.state.value = "recording";
		this.#stops.push(this.#parts.after(longestMs - 500, () => this.stop()));
	}

	async #keep(recorded: Blob, isWanted: () => boolean): Promise<void> {
		const context = new AudioContext({ sampleRate });
		try {
			const sound = await context.decodeAudioData(await recorded.arrayBuffer());
			if (!isWanted()) return;
			if (sound.duration * 1000 < shortestMs) {
				this.state.value = "tooShort";
				return;
			}
			this.#wav = wavOf(sound.getChannelData(0), sound.sampleRate);
			this.url.value = URL.createObjectURL(this.#wav);
			this.state.value = "recorded";
		} catch {
			this.state.value = "tooShort";
		} finally {
			void context.close();
		}
	}

	#watch(context: AudioContext, stream: MediaStream): void {
		const analyser = context.createAnalyser();
		context.createMediaStreamSource(stream).connect(analyser);
		const samples = new Uint8Array(analyser.fftSize);
		const timer = setInterval(() => {
			analyser.getByteTimeDomainData(samples);
			this.level.value = samples.reduce((most, one) => Math.max(most, Math.abs(one - 128)), 0) / 128;
		}, 100);
		this.#stops.push(
			() => clearInterval(timer),
			() => void context.close(),
		);
	}

	#release(): void {
		for (const stop of this.#stops.splice(0)) stop();
		this.level.value = 0;
	}

	#forget(): void {
		if (this.url.peek()) URL.revokeObjectURL(this.url.peek());
		this.url.value = "";
		this.#wav = undefined;
		this.state.value = "idle";
	}
}
