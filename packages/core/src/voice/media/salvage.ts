import { open } from "node:fs/promises";
import { WAV_BYTES_PER_MS, WAV_HEADER_BYTES, wavDataBytes } from "./wav.ts";

/** What a recording that nobody finished holds, by its own header (kept up to date while recording); undefined when there is none. */
export async function salvageRecording(file: string): Promise<{ durationMs: number; bytes: number } | undefined> {
	try {
		const handle = await open(file, "r");
		try {
			const header = Buffer.alloc(WAV_HEADER_BYTES);
			await handle.read(header, 0, WAV_HEADER_BYTES, 0);
			const dataBytes = wavDataBytes(header);
			return { durationMs: dataBytes / WAV_BYTES_PER_MS, bytes: WAV_HEADER_BYTES + dataBytes };
		} finally {
			await handle.close();
		}
	} catch {
		return undefined;
	}
}
