import { copyFileSync, renameSync, statSync, truncateSync } from "node:fs";
import type { PostgresLayout } from "./layout.ts";

/** Bytes of a log that goes on; beyond, it is set aside as the one before, so that there are never more than two. */
const longLog = 4 * 1024 * 1024;

/** Between two looks at the log of a server that runs, in ms. */
const everyMs = 60_000;

/** Before a start, while nobody writes it. */
export function setAsideLongLog(layout: PostgresLayout): void {
	if (logLength(layout) > longLog) renameSync(layout.logFile, earlier(layout));
}

/**
 * While the server runs: it keeps its file open for appending, so that the file stays and is emptied. What it says between the
 * copy and that is lost.
 */
export function emptyLongLog(layout: PostgresLayout): void {
	if (logLength(layout) <= longLog) return;
	copyFileSync(layout.logFile, earlier(layout));
	truncateSync(layout.logFile);
}

/** @returns what ends the looking */
export function keepLogShort(layout: PostgresLayout): () => void {
	const timer = setInterval(() => {
		try {
			emptyLongLog(layout);
		} catch {
			// A full disk is told of by who needs it; the log is looked at again.
		}
	}, everyMs).unref();
	return () => clearInterval(timer);
}

export function logLength({ logFile }: PostgresLayout): number {
	return statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
}

function earlier({ logFile }: PostgresLayout): string {
	return `${logFile}.1`;
}
