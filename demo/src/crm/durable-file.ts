import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Reads a JSON file; undefined when there is none or it holds something else (it is then kept beside, for its owner). */
export async function readJsonFile(path: string): Promise<unknown> {
	let text: string;
	try {
		text = await readFile(path, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw error;
	}
	try {
		return JSON.parse(text);
	} catch {
		await rename(path, `${path}.unreadable-${Date.now()}`);
		return undefined;
	}
}

/**
 * Replaces a JSON file whole or not at all, and resolves when it outlives a crash: first the content is on the disk,
 * then the name, then the folder's entry.
 */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
	const next = `${path}.new`;
	const file = await open(next, "w", 0o600);
	try {
		await file.writeFile(`${JSON.stringify(value, null, "\t")}\n`);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(next, path);
	const folder = await open(dirname(path), "r");
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
