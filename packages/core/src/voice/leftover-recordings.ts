import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "../kernel/log.ts";
import type { RecordingParts } from "../recordings/parts.ts";
import { salvageRecording } from "./media/salvage.ts";
import { type RecordingFileName, readRecordingFile } from "./recording-file.ts";

interface Leftover extends RecordingFileName {
	file: string;
}

/** Recordings' files as they are now. Read before anything is recorded: all of them are finished, one way or another. */
export async function recordingFiles(dir: string): Promise<Leftover[]> {
	const names = await readdir(dir).catch(() => []);
	return names.flatMap((file) => {
		const read = readRecordingFile(file);
		return read ? [{ ...read, file }] : [];
	});
}

/**
 * Registers recordings that were cut off: the process was killed before it could note them. Files without sound and
 * files of conversations that are gone stay where they are, unregistered.
 * @returns how many were registered
 */
export async function registerLeftovers(
	files: readonly Leftover[],
	deps: { dir: string; parts: RecordingParts; log: Logger },
): Promise<number> {
	let registered = 0;
	const known = await deps.parts.known(files.map((one) => one.file));
	for (const leftover of files) if (!known.has(leftover.file) && (await register(leftover, deps))) registered++;
	return registered;
}

async function register(
	{ conversationId, recordingId, file, startedMs }: Leftover,
	{ dir, parts, log }: { dir: string; parts: RecordingParts; log: Logger },
): Promise<boolean> {
	const path = join(dir, file);
	const held = await salvageRecording(path);
	if (!held || held.durationMs <= 0) return false;
	try {
		const began = startedMs ?? Math.round((await stat(path)).mtimeMs - held.durationMs);
		await parts.finished({ conversationId, recordingId, file, startedMs: began, ...held });
		log.warn({ conversationId, recordingId }, "a recording that was cut off has been kept");
		return true;
	} catch (error) {
		log.warn({ err: error, conversationId, recordingId }, "a recording that was cut off could not be registered");
		return false;
	}
}
