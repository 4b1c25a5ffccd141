import { randomUUID } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRunning, type ProcessIdentity, processIdentity } from "./process-identity.ts";
import { StartError } from "./start-error.ts";

/** A data folder that belongs to this process until it is closed. */
export interface DataFolder {
	/** Absolute path. */
	readonly path: string;
	/** Gives the folder free. */
	close(): void;
}

/** The file in a data folder that names the Inlay running on it. */
export const lockFileName = "inlay.lock";

/**
 * Creates the folder where needed, makes sure that it can be written, and takes its lock. The lock is a file that names
 * its owner by process id and start time, so one left behind by kill -9 or a power cut is recognised and replaced, also
 * when the id has been given to another process since.
 *
 * @throws StartError "data.notWritable", or "data.inUse" when another Inlay runs on the folder
 */
export function openDataFolder(path: string): DataFolder {
	createFolder(path);
	const lockFile = join(path, lockFileName);
	const mine: ProcessIdentity & { claim: string } = { ...processIdentity(process.pid), claim: randomUUID() };
	const claimFile = join(path, `.${lockFileName}.${mine.claim}`);
	writeClaim(path, claimFile, JSON.stringify(mine));
	try {
		takeLock(path, lockFile, claimFile);
	} finally {
		rmSync(claimFile, { force: true });
	}
	return {
		path,
		close() {
			if (readOwner(lockFile)?.claim === mine.claim) rmSync(lockFile, { force: true });
		},
	};
}

/**
 * The folder itself can be passed through by others but not listed: as root, PostgreSQL runs as another user and has to
 * reach its own folder inside. Folders above that are missing keep the usual mode.
 */
function createFolder(path: string): void {
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
		mkdirSync(path);
		// Not by mkdir's own mode, which the process's umask narrows.
		chmodSync(path, 0o711);
	} catch (error) {
		if (codeOf(error) !== "EEXIST") throw notWritable(path, error);
	}
}

function writeClaim(path: string, claimFile: string, text: string): void {
	try {
		writeFileSync(claimFile, text, { flag: "wx", mode: 0o600 });
	} catch (error) {
		throw notWritable(path, error);
	}
}

function takeLock(path: string, lockFile: string, claimFile: string): void {
	for (;;) {
		if (linkIfFree(claimFile, lockFile)) return;
		const owner = readOwner(lockFile);
		if (owner && isRunning(owner)) throw inUse(path, owner);
		setAside(lockFile, owner);
	}
}

/** A hard link is made whole or not at all: nobody ever reads a half-written lock. */
function linkIfFree(claimFile: string, lockFile: string): boolean {
	try {
		linkSync(claimFile, lockFile);
		return true;
	} catch (error) {
		if (codeOf(error) === "EEXIST") return false;
		throw notWritable(dirname(lockFile), error);
	}
}

/**
 * Removes a lock whose owner is gone. Two processes may do this at once, so the file is moved away first and looked at
 * again: if it turns out to be the new lock of the other one, it is put back.
 */
function setAside(lockFile: string, stale: (ProcessIdentity & { claim?: string }) | undefined): void {
	const aside = `${lockFile}.${randomUUID()}`;
	try {
		renameSync(lockFile, aside);
	} catch (error) {
		if (codeOf(error) === "ENOENT") return;
		throw notWritable(dirname(lockFile), error);
	}
	if (readOwner(aside)?.claim !== stale?.claim) linkIfFree(aside, lockFile);
	rmSync(aside, { force: true });
}

function readOwner(file: string): (ProcessIdentity & { claim?: string }) | undefined {
	try {
		const owner = JSON.parse(readFileSync(file, "utf8"));
		return typeof owner?.pid === "number" ? owner : undefined;
	} catch {
		return undefined;
	}
}

function notWritable(path: string, error: unknown): StartError {
	const reason = { EACCES: "permission denied", EROFS: "read-only file system", ENOSPC: "no space left" }[
		codeOf(error)
	];
	return new StartError(
		"data.notWritable",
		`The data folder ${path} cannot be written (${reason ?? codeOf(error)}). Give this user the right to write there or choose another folder with --data.`,
	);
}

function inUse(path: string, owner: ProcessIdentity): StartError {
	return new StartError(
		"data.inUse",
		`Another Inlay (process ${owner.pid}) is running on the data folder ${path}. Stop it or choose another folder with --data.`,
	);
}

function codeOf(error: unknown): string {
	return (error as NodeJS.ErrnoException).code ?? "unknown error";
}
