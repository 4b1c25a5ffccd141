import { type FileHandle, open } from "node:fs/promises";
import { isWavHeader, WAV_BLOCK_BYTES, WAV_BYTES_PER_MS, WAV_HEADER_BYTES, wavHeader } from "./wav.ts";

/** What a recording that nobody finished holds, by its length: its header was written when it began. Undefined when there is none. It can be played then. */
export async function salvageRecording(file: string): Promise<{ durationMs: number; bytes: number } | undefined> {
	try {
		const handle = await open(file, "r+");
		try {
			const header = Buffer.alloc(WAV_HEADER_BYTES);
			await handle.read(header, 0, WAV_HEADER_BYTES, 0);
			const { size } = await handle.stat();
			const samples = isWavHeader(header) ? Math.max(0, size - WAV_HEADER_BYTES) : 0;
			const dataBytes = samples - (samples % WAV_BLOCK_BYTES);
			await complete(handle, dataBytes);
			return { durationMs: dataBytes / WAV_BYTES_PER_MS, bytes: WAV_HEADER_BYTES + dataBytes };
		} finally {
			await handle.close();
		}
	} catch {
		return undefined;
	}
}

/** A file whose header cannot be written, as on a disk that is broken, is heard all the same: it is laid out by its length. */
async function complete(handle: FileHandle, dataBytes: number): Promise<void> {
	if (dataBytes > 0) await handle.write(wavHeader(dataBytes), 0, WAV_HEADER_BYTES, 0).catch(() => {});
}
