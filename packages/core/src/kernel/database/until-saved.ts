import { setTimeout as pause } from "node:timers/promises";
import { isPassing } from "./database-errors.ts";

const againMs = 250;

/**
 * Notes a fact that has happened already (somebody hung up, a recording is finished), for as long as it takes: a database
 * that is away must not make it untrue. As it may have been saved when its outcome is not known, noting it twice has to be
 * the same as once.
 *
 * @param isWanted false ends the tries, with the last error: the server stops, and the next start finds out by itself
 */
export async function untilSaved<T>(note: () => Promise<T>, isWanted: () => boolean = () => true): Promise<T> {
	for (;;) {
		try {
			return await note();
		} catch (error) {
			if (!isPassing(error) || !isWanted()) throw error;
			await pause(againMs);
		}
	}
}
