import { Attempts } from "@inlay/contract/attempts";
import { type MicrophoneSource, openAny, stop } from "./any-microphone.ts";
import { MicrophoneError, type MicrophoneProblem } from "./microphone.ts";

/** What became of a call's microphone without anybody's wish. */
export type MicrophoneChange =
	/** It has gone, and another one took its place. */
	| { kind: "replaced"; label: string }
	/** The other side hears nothing. */
	| { kind: "lost"; problem: MicrophoneProblem }
	/** It works again. */
	| { kind: "back" };

export interface KeptMicrophoneEvents {
	/** The track to send from now on. */
	onTrack(track: MediaStreamTrack): void;
	onChange(change: MicrophoneChange): void;
}

/**
 * The microphone of one call. When it is unplugged, withdrawn or taken, the next one takes its place; when there is none,
 * its owner is told at once.
 */
export class KeptMicrophone {
	readonly #source: MicrophoneSource;
	readonly #events: KeptMicrophoneEvents;
	#wanted: string | undefined;
	/** The agent's choices: of two that are being opened the last one is heard. */
	readonly #choices = new Attempts();
	#stream: MediaStream | undefined;
	#sending = true;
	#closed = false;
	#recovering = false;
	#problem: MicrophoneProblem | undefined;

	constructor(source: MicrophoneSource, events: KeptMicrophoneEvents) {
		this.#source = source;
		this.#events = events;
	}

	get track(): MediaStreamTrack | undefined {
		return this.#stream?.getAudioTracks()[0];
	}

	/** Whether it can be heard, as far as the browser tells. */
	get works(): boolean {
		const track = this.track;
		return track?.readyState === "live" && !track.muted;
	}

	/**
	 * Opens the wished microphone, or changes to it. Rejects with MicrophoneError, and the one before stays. A call that
	 * has none yet takes the next one where the wished one cannot be had, and its owner is told.
	 */
	async use(deviceId: string | undefined): Promise<void> {
		this.#wanted = deviceId;
		const isLast = this.#choices.begin();
		const { stream, isOther } = this.works
			? { stream: await this.#source.open(deviceId), isOther: false }
			: await openAny(this.#source, deviceId);
		// One that came too late serves where nothing else does.
		if (!isLast() && this.works) return stop(stream);
		this.#take(stream);
		if (isOther) this.#replaced();
	}

	/** Tries again to have one, e.g. after something was plugged in. Nothing happens while the present one works. */
	async retry(): Promise<void> {
		if (!this.#closed && !this.works) await this.#recover("no-device");
	}

	/** The same for somebody who is about to speak. Rejects with MicrophoneError where there is none. */
	async require(): Promise<void> {
		await this.retry();
		if (!this.works) throw new MicrophoneError(this.#problem ?? "no-device");
	}

	/** Whether it is let through, where there is one. */
	get isSending(): boolean {
		return this.#sending;
	}

	/** Lets the microphone be heard or not; the server mutes too, this stops it at the source. */
	setSending(sending: boolean): void {
		this.#sending = sending;
		if (this.track) this.track.enabled = sending;
	}

	close(): void {
		this.#closed = true;
		this.#stop();
	}

	#take(stream: MediaStream): void {
		this.#stop();
		const track = stream.getAudioTracks()[0];
		if (this.#closed || !track) {
			stop(stream);
			return;
		}
		this.#stream = stream;
		track.enabled = this.#sending;
		const isCurrent = () => this.track === track;
		track.onended = () => void (isCurrent() && this.#recover("no-device"));
		track.onmute = () => void (isCurrent() && this.#recover("silenced"));
		track.onunmute = () => void (isCurrent() && this.#events.onChange({ kind: "back" }));
		this.#events.onTrack(track);
	}

	async #recover(otherwise: MicrophoneProblem): Promise<void> {
		if (this.#recovering || this.#closed) return;
		this.#recovering = true;
		try {
			// One that is silenced is still there, and would be opened again.
			const present = this.track?.readyState === "live" ? this.track.getSettings().deviceId : undefined;
			const { stream } = await openAny(this.#source, this.#wanted, present === undefined ? [] : [present]);
			// It works again, or the agent has chosen another one meanwhile.
			if (this.works) return stop(stream);
			this.#take(stream);
			this.#replaced();
		} catch (error) {
			const problem = error instanceof MicrophoneError ? error.problem : "unknown";
			this.#lost(otherwise === "silenced" && problem === "no-device" ? otherwise : problem);
		} finally {
			this.#recovering = false;
		}
	}

	#replaced(): void {
		if (!this.#closed) this.#events.onChange({ kind: "replaced", label: this.track?.label ?? "" });
	}

	#lost(problem: MicrophoneProblem): void {
		this.#problem = problem;
		if (!this.#closed && !this.works) this.#events.onChange({ kind: "lost", problem });
	}

	#stop(): void {
		for (const track of this.#stream?.getTracks() ?? []) track.onended = track.onmute = track.onunmute = null;
		stop(this.#stream);
		this.#stream = undefined;
	}
}
