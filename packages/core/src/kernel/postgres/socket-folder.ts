import { chmodSync, chownSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PostgresLayout } from "./layout.ts";
import type { Runner } from "./unprivileged.ts";

/** Bytes that the address of a Unix socket can have, its end mark aside (unix(7)). */
const longestAddress = 107;
/** The name that PostgreSQL gives its socket, with the longest of port numbers. */
const longestName = ".s.PGSQL.65535";

/**
 * Makes the folder for the server's Unix socket anew, as a killed server leaves its socket and its lock behind.
 *
 * @returns undefined where there can be no such socket, and TCP has to do: the data folder's path is too long, or the
 * system does not let the folder be made
 */
export function prepareSocketFolder(layout: PostgresLayout, runner: Runner): string | undefined {
	const folder = layout.socketFolder;
	if (process.platform === "win32" || !isShortEnough(folder)) return undefined;
	// PostgreSQL takes the setting as a comma-separated list.
	if (/[,"]/.test(folder)) return undefined;
	try {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder);
		// Not by mkdir's own mode, which the process's umask narrows. Who passes the folder still needs the password.
		chmodSync(folder, 0o711);
		if (runner.owner) chownSync(folder, runner.owner.uid, runner.owner.gid);
		return folder;
	} catch {
		return undefined;
	}
}

function isShortEnough(folder: string): boolean {
	return Buffer.byteLength(join(folder, longestName)) <= longestAddress;
}

/** Whether the server's last words are about its socket, such as on a file system that knows no sockets. */
export function isAboutSocketFile(complaint: string): boolean {
	return /Unix-domain|\.s\.PGSQL\./.test(complaint);
}
