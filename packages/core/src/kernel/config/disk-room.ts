import { statfs } from "node:fs/promises";
import { storageFull } from "../database/database-errors.ts";
import type { Logger } from "../log.ts";
import { StartError } from "./start-error.ts";

/** Whether there is room for new work. */
export interface Room {
	/** @throws ApiError 503 `storage.full` */
	require(): void;
}

/** Always; for what has no disk to watch. */
export const endlessRoom: Room = { require: () => {} };

/**
 * Kept free for what runs: an hour of twenty recorded calls' last minutes, the wrap-ups after them, and the segments that
 * PostgreSQL has to write before it can give any back, in bytes.
 */
const reserveBytes = 64 * 1024 * 1024;
/** Room that has to be there again before new work is let in, so that it does not go back and forth, in bytes. */
const enoughBytes = reserveBytes * 1.25;
const lookEveryMs = 2000;

/** What can be written where the folder lies, in bytes. */
export async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}

/** @param bytes to be written at the start, beyond what is kept free @throws StartError "data.notWritable" */
export async function requireRoom(folder: string, bytes: number, what: string): Promise<void> {
	const free = await freeBytes(folder).catch(() => Number.POSITIVE_INFINITY);
	const needed = bytes + reserveBytes;
	if (free < needed) throw tooSmall(folder, free, needed, what);
}

function tooSmall(folder: string, free: number, needed: number, what: string): StartError {
	const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;
	return new StartError(
		"data.notWritable",
		`The disk of ${folder} has ${megabytes(free)} free, and ${what} needs ${megabytes(needed)}. Make room, or choose another folder with --data.`,
	);
}

/** Watches the disk under the data folder. Running calls may use the last of it; new ones are refused before. */
export class DiskRoom implements Room {
	readonly #folder: string;
	readonly #log: Logger;
	#isFull = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(folder: string, log: Logger) {
		this.#folder = folder;
		this.#log = log;
	}

	get isFull(): boolean {
		return this.#isFull;
	}

	async start(): Promise<void> {
		await this.#look();
		this.#timer = setInterval(() => void this.#look(), lookEveryMs);
		this.#timer.unref();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	require(): void {
		if (this.#isFull) throw storageFull();
	}

	async #look(): Promise<void> {
		try {
			this.#turn((await freeBytes(this.#folder)) < (this.#isFull ? enoughBytes : reserveBytes));
		} catch (error) {
			// A disk that cannot be asked is none that is full; what is wrong with it shows where it is used.
			this.#log.debug({ err: error }, "the room on the disk is not known");
		}
	}

	#turn(isFull: boolean): void {
		if (this.#isFull === isFull) return;
		this.#isFull = isFull;
		if (isFull) this.#log.error({ folder: this.#folder }, "the disk is full; new calls and recordings are refused");
		else this.#log.warn("there is room on the disk again");
	}
}
