/**
 * Streams one recording to disk. Samples gather in memory for a second and are appended; the header is written at the
 * beginning and brought up to date at the end. After kill -9 the file's length says how much there is (`salvage.ts`), and it is
 * at most about a second short.
 */

import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { FRAME_SAMPLES, SAMPLE_RATE } from "./audio.ts";
import { WAV_BLOCK_BYTES, WAV_BYTES_PER_MS, WAV_HEADER_BYTES, wavHeader } from "./wav.ts";

const FRAME_BYTES = FRAME_SAMPLES * WAV_BLOCK_BYTES;
const FRAMES_PER_FLUSH = 50;
const OWNER_ONLY = 0o600;

export interface FinishedRecording {
	durationMs: number;
	bytes: number;
}

export class Recorder {
	readonly file: string;
	paused = false;
	#pending = new Int16Array(FRAMES_PER_FLUSH * FRAME_SAMPLES * 2);
	#pendingFrames = 0;
	#takenFrames = 0;
	#dataBytes = 0;
	#handle: FileHandle | undefined;
	#writes: Promise<void>;
	#failure: Error | undefined;
	readonly #onFailure: (error: Error) => void;

	/**
	 * Creates `file` (and its folder). It must not exist yet: a recording is never overwritten.
	 * `onFailure` is called once, at the first error; nothing is written after it.
	 */
	constructor(file: string, onFailure: (error: Error) => void = () => {}) {
		this.file = file;
		this.#onFailure = onFailure;
		this.#writes = this.#create().catch((error: Error) => this.#fail(error));
	}

	/** How much has been taken, in ms. */
	get writtenMs(): number {
		return (this.#takenFrames * FRAME_SAMPLES * 1000) / SAMPLE_RATE;
	}

	/** Appends one frame of both channels (silence while paused). */
	write(left: Int16Array, right: Int16Array): void {
		if (this.#failure) return;
		let at = this.#pendingFrames * FRAME_SAMPLES * 2;
		const pending = this.#pending;
		if (this.paused) pending.fill(0, at, at + FRAME_SAMPLES * 2);
		else
			for (let i = 0; i < FRAME_SAMPLES; i++) {
				pending[at++] = left[i] as number;
				pending[at++] = right[i] as number;
			}
		this.#takenFrames++;
		if (++this.#pendingFrames === FRAMES_PER_FLUSH) this.#flush();
	}

	/** Writes what is left and closes the file. Rejects with the first error that any write met. */
	async finish(): Promise<FinishedRecording> {
		this.#flush();
		await this.#writes;
		await this.#complete().catch((error: Error) => this.#fail(error));
		await this.#handle?.close();
		this.#handle = undefined;
		if (this.#failure) throw this.#failure;
		return { durationMs: this.#dataBytes / WAV_BYTES_PER_MS, bytes: WAV_HEADER_BYTES + this.#dataBytes };
	}

	async #create(): Promise<void> {
		await makeFolder(dirname(this.file));
		this.#handle = await open(this.file, "wx", OWNER_ONLY);
		await this.#handle.write(wavHeader(0), 0, WAV_HEADER_BYTES, 0);
	}

	#fail(error: Error): void {
		if (this.#failure) return;
		this.#failure = error;
		this.#onFailure(error);
	}

	/** Hands the gathered second to the disk; a new buffer takes its place, so that a slow disk never blocks the mixer. */
	#flush(): void {
		if (this.#pendingFrames === 0) return;
		const bytes = this.#pendingFrames * FRAME_BYTES;
		const data = new Uint8Array(this.#pending.buffer, 0, bytes);
		this.#pending = new Int16Array(FRAMES_PER_FLUSH * FRAME_SAMPLES * 2);
		this.#pendingFrames = 0;
		this.#writes = this.#writes.then(() => this.#append(data)).catch((error: Error) => this.#fail(error));
	}

	async #append(data: Uint8Array): Promise<void> {
		if (!this.#handle || this.#failure) return;
		// A disk that fills up takes a part, says so only by its length, and refuses the next.
		for (let taken = 0; taken < data.length; ) {
			const at = WAV_HEADER_BYTES + this.#dataBytes;
			const { bytesWritten } = await this.#handle.write(data, taken, data.length - taken, at);
			taken += bytesWritten;
			this.#dataBytes += bytesWritten;
		}
	}

	async #complete(): Promise<void> {
		await this.#handle?.write(wavHeader(this.#dataBytes), 0, WAV_HEADER_BYTES, 0);
	}
}

/** Makes a folder and those above it. Node's recursive mkdir spins for ever where the system refuses with ENOENT (as in /proc). */
async function makeFolder(folder: string): Promise<void> {
	if (await madeOrThere(folder)) return;
	if (dirname(folder) !== folder) await makeFolder(dirname(folder));
	if (!(await madeOrThere(folder))) throw new Error(`The folder ${folder} cannot be made.`);
}

/** False when the folder above is missing. */
async function madeOrThere(folder: string): Promise<boolean> {
	try {
		await mkdir(folder);
		return true;
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === "ENOENT") return false;
		if (code === "EEXIST") return true;
		throw error;
	}
}
