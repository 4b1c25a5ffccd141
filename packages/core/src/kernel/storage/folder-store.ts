import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ObjectStore, requireKey, StorageError } from "./object-store.ts";

/** What is being written, by names that no key has; the next start clears it away. */
const incoming = ".incoming";
const ownerOnly = { file: 0o600, folder: 0o700 } as const;

/** Files in a folder: each is written under another name, flushed to the disk, then renamed. */
export function folderStore(folder: string): ObjectStore {
	const pathOf = (key: string) => join(folder, requireKey(key));
	return {
		async put(key, body, { size }) {
			const path = pathOf(key);
			const temporary = join(folder, incoming, randomUUID());
			try {
				await makeFolders(dirname(temporary), dirname(path));
				await write(temporary, body, size);
				await rename(temporary, path);
				await flushFolder(dirname(path));
			} catch (error) {
				await rm(temporary, { force: true });
				throw failed("kept", error);
			}
		},

		async get(key, range) {
			const path = pathOf(key);
			const facts = await stat(path).catch(orAbsent);
			if (!facts) return undefined;
			const part = range ? { start: range.first, end: range.last } : {};
			return { size: facts.size, body: createReadStream(path, part) };
		},

		async delete(key) {
			try {
				await rm(pathOf(key), { force: true });
			} catch (error) {
				throw failed("deleted", error);
			}
		},
	};
}

/** Takes away what a process that was killed had not finished writing. */
export async function clearUnfinished(folder: string): Promise<void> {
	await rm(join(folder, incoming), { recursive: true, force: true });
}

async function makeFolders(...folders: string[]): Promise<void> {
	for (const folder of folders) await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
}

async function write(path: string, body: AsyncIterable<Uint8Array>, size: number): Promise<void> {
	const file = await open(path, "wx", ownerOnly.file);
	try {
		let written = 0;
		for await (const chunk of body) {
			await file.writeFile(chunk);
			written += chunk.length;
		}
		if (written !== size) throw new Error(`It has ${written} bytes and should have ${size}.`);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** A name is on the disk when its folder is. */
async function flushFolder(folder: string): Promise<void> {
	const handle = await open(folder, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function orAbsent(error: NodeJS.ErrnoException): undefined {
	if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
	throw failed("read", error);
}

function failed(what: string, error: unknown): StorageError {
	return error instanceof StorageError ? error : new StorageError(`A file could not be ${what}.`, error);
}
