import { accessSync, constants, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";

const inMemory = "/dev/shm";
/** Four times what the tests' databases take at once. */
const neededBytes = 2 * 1024 ** 3;

/**
 * Where temporary databases lie: a database is 700 small files, and to make them on a disk keeps a busy machine's kernel
 * occupied for a third of a second. In memory where the system has such a folder and room in it, else where temporary files go.
 */
export function quickFolder(): string {
	return isRoomy(inMemory) ? inMemory : tmpdir();
}

function isRoomy(folder: string): boolean {
	try {
		accessSync(folder, constants.W_OK);
		const { bavail, bsize } = statfsSync(folder);
		return Math.min(bavail * bsize, freemem()) >= neededBytes;
	} catch {
		return false;
	}
}
