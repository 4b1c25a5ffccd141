import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Conversations } from "../conversations/service.ts";
import type { Logger } from "../kernel/log.ts";
import { salvageRecording } from "./media/salvage.ts";
import { readRecordingFile } from "./recording-file.ts";

/** Files that are asked about at once. */
const batch = 500;

interface Leftover {
	conversationId: string;
	recordingId: string;
	file: string;
}

/** Recordings' files as they are now. Read before anything is recorded: all of them are finished, one way or another. */
export async function recordingFiles(dir: string): Promise<Leftover[]> {
	const names = await readdir(dir).catch(() => []);
	return names.flatMap((name) => {
		const read = readRecordingFile(name);
		return read ? [{ ...read, file: join(dir, name) }] : [];
	});
}

/**
 * Registers recordings that were cut off: the process was killed before it could note them. Files without sound and
 * files of conversations that are gone stay where they are, unregistered.
 * @returns how many were registered
 */
export async function registerLeftovers(
	files: readonly Leftover[],
	deps: { conversations: Conversations; log: Logger },
): Promise<number> {
	let registered = 0;
	for (let start = 0; start < files.length; start += batch) {
		const some = files.slice(start, start + batch);
		const known = await deps.conversations.calls.knownRecordings(some.map((one) => one.recordingId));
		for (const leftover of some) if (!known.has(leftover.recordingId) && (await register(leftover, deps))) registered++;
	}
	return registered;
}

async function register(
	{ conversationId, recordingId, file }: Leftover,
	{ conversations, log }: { conversations: Conversations; log: Logger },
): Promise<boolean> {
	const held = await salvageRecording(file);
	if (!held || held.durationMs <= 0) return false;
	try {
		await conversations.calls.recordingFinished(conversationId, { recordingId, file, ...held });
		log.warn({ conversationId, recordingId }, "a recording that was cut off has been kept");
		return true;
	} catch (error) {
		log.warn({ err: error, conversationId, recordingId }, "a recording that was cut off could not be registered");
		return false;
	}
}
