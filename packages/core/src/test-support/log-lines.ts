import { createLog, type Logger } from "../kernel/log.ts";

/** A line as an operator reads it. */
export type LogLine = Record<string, unknown> & { level: number };

/** The log as it is in production, kept instead of written. Lines below `warn` are left out, as they are by default. */
export function keptLog(): { log: Logger; lines: LogLine[] } {
	const lines: LogLine[] = [];
	return { log: createLog("warn", { write: (line: string) => void lines.push(JSON.parse(line)) }), lines };
}
