import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { ApiError } from "../kernel/http/api-error.ts";

/** A million rows of two hundred bytes. */
const mostBytes = 200 * 1024 * 1024;

/**
 * Takes a file off the line as fast as it comes, and lets it be read at the pace of whoever reads: a request that is not through
 * in time is refused, however long the work on its rows may last. The file has no name, so a kill leaves nothing behind.
 * @throws ApiError 413 `outbound.import.size`
 */
export async function spooled<T>(file: Readable, folder: string, work: (file: Readable) => Promise<T>): Promise<T> {
	const path = join(folder, `upload-${randomUUID()}`);
	const handle = await open(path, "wx+", 0o600);
	try {
		await unlink(path);
		await keep(file, handle);
		return await work(Readable.from(chunksOf(handle)));
	} finally {
		await handle.close();
	}
}

async function keep(file: Readable, handle: FileHandle): Promise<void> {
	let bytes = 0;
	for await (const chunk of file as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > mostBytes)
			throw new ApiError(413, "outbound.import.size", "A file of contacts has at most 200 MB; part it.");
		await handle.writeFile(chunk);
	}
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Buffer> {
	for (let position = 0; ; ) {
		const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(65_536), position });
		if (bytesRead === 0) return;
		position += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}
