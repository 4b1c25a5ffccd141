import { Attempts } from "@inlay/contract/attempts";
import { signal } from "@preact/signals";
import { openAny, stop } from "./any-microphone.ts";
import type { Devices } from "./devices.ts";
import type { MicrophoneChange } from "./kept-microphone.ts";
import {
	foreseeProblem,
	MicrophoneError,
	type MicrophoneProblem,
	microphonePermission,
	microphones,
} from "./microphone.ts";

export interface MicrophoneWatchParts {
	devices: Devices;
	/** A connection has a microphone of its own, which knows better than the list of devices. */
	isOpen(): boolean;
	/** Tries again where a connection has none that works. */
	retry(): Promise<void>;
}

/** Whether the agent could be heard: looked for before a call, and kept true while there is one. */
export class MicrophoneWatch {
	/** Trouble with the microphone, until it has been opened. */
	readonly problem = signal<MicrophoneProblem | undefined>(undefined);
	/** Name of the microphone that took the place of one that went, until the agent has read it. */
	readonly replacedBy = signal<string | undefined>(undefined);
	/** The browser has not been asked for the microphone yet. */
	readonly unasked = signal(false);
	readonly #parts: MicrophoneWatchParts;
	/** The trouble was met by opening it: another program has it, or the system keeps it from the browser. A look does not show that. */
	#wasMet = false;
	/** What was looked up before something newer was known is no news. */
	readonly #looks = new Attempts();
	#stopFollowing = () => {};

	constructor(parts: MicrophoneWatchParts) {
		this.#parts = parts;
	}

	/** Looks now, and listens to the permission of the window where the sound is. */
	follow(): void {
		this.#stopFollowing();
		let isOver = false;
		let stop = () => {};
		this.#stopFollowing = () => {
			isOver = true;
			stop();
			stop = () => {};
		};
		void this.recheck();
		void microphonePermission().then((permission) => {
			if (permission && !isOver) stop = this.#watch(permission);
		});
	}

	/** Looks again whether a microphone can be had; a call that has none gets it. */
	async recheck(): Promise<void> {
		const isNewest = this.#looks.begin();
		const problem = await foreseeProblem();
		if (!problem) await this.#parts.retry();
		if (!isNewest()) return;
		if (problem) this.problem.value = problem;
		else if (!this.#parts.isOpen()) await this.#lookBehind(isNewest);
	}

	/** Nothing shows from outside: what was met by opening is over only when it opens. Nobody is asked for that. */
	async #lookBehind(isNewest: () => boolean): Promise<void> {
		if (!this.#wasMet) {
			this.problem.value = undefined;
			return;
		}
		const permission = await microphonePermission();
		if (isNewest() && permission?.state === "granted") await this.allow();
	}

	/** The agent wants to know: it is opened, where no call has it. */
	check(): Promise<void> {
		return this.#parts.isOpen() ? this.recheck() : this.allow();
	}

	/** Asks for the microphone now, so that the first call does not have to wait for the answer. */
	async allow(): Promise<void> {
		try {
			const { stream } = await openAny(microphones, this.#parts.devices.microphone.peek());
			stop(stream);
			this.opened();
		} catch (error) {
			this.failed(error);
		}
		await this.#parts.devices.refresh();
	}

	/** It has been opened: the browser was asked. */
	opened(): void {
		this.#looks.end();
		this.#wasMet = false;
		this.problem.value = undefined;
		this.unasked.value = false;
	}

	failed(error: unknown): void {
		this.#looks.end();
		this.#wasMet = true;
		this.problem.value = error instanceof MicrophoneError ? error.problem : "unknown";
	}

	/** What became of a call's microphone without anybody's wish. */
	changed(change: MicrophoneChange): void {
		this.#looks.end();
		this.#wasMet = change.kind === "lost";
		this.problem.value = change.kind === "lost" ? change.problem : undefined;
		// What was used instead is gone, too: one sentence, and the one that is true.
		this.replacedBy.value = change.kind === "replaced" ? change.label : undefined;
		void this.#parts.devices.refresh();
	}

	dispose(): void {
		this.#stopFollowing();
		this.#looks.end();
	}

	/** A permission that is given or withdrawn in the browser's own dialogue is noticed at once. @returns stops watching */
	#watch(permission: PermissionStatus): () => void {
		const look = () => {
			this.unasked.value = permission.state === "prompt";
			void this.recheck();
		};
		this.unasked.value = permission.state === "prompt";
		permission.addEventListener("change", look);
		return () => permission.removeEventListener("change", look);
	}
}
