import { chmodSync, mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type FolderLock, type FolderLockOptions, takeFolderLock } from "./folder-lock.ts";
import { notUsable, type StartError } from "./start-error.ts";

/** A data folder that belongs to this process until it is closed. */
export interface DataFolder {
	/** Absolute path. */
	readonly path: string;
	/** Settled when another Inlay has taken the folder over and this one must stop. */
	readonly lost: Promise<StartError>;
	/** What is wrong with the folder just now, in a few words; undefined when all is well. */
	readonly trouble: string | undefined;
	/** Gives the folder free. */
	close(): void;
}

/**
 * Creates the folder where needed, makes sure that it can be written, and takes its lock; see `takeFolderLock`.
 *
 * @throws StartError "data.notWritable", or "data.inUse" when another Inlay runs on the folder
 */
export async function openDataFolder(path: string, options: FolderLockOptions = {}): Promise<DataFolder> {
	const isNew = createFolder(path);
	const lock: FolderLock = await takeFolderLock(path, options);
	return {
		path,
		lost: lock.lost,
		get trouble() {
			return lock.trouble;
		},
		close() {
			lock.release();
			if (isNew) removeEmpty(path);
		},
	};
}

/**
 * The folder itself can be passed through by others but not listed: as root, PostgreSQL runs as another user and has to
 * reach its own folder inside. Folders above that are missing keep the usual mode.
 *
 * @returns whether it was not there
 */
function createFolder(path: string): boolean {
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
		mkdirSync(path);
		// Not by mkdir's own mode, which the process's umask narrows.
		chmodSync(path, 0o711);
		return true;
	} catch (error) {
		if (!isFolder(path)) throw notUsable(path, error);
		return false;
	}
}

/** A start that was refused leaves nothing behind. What holds anything stays: the system removes no such folder. */
function removeEmpty(path: string): void {
	try {
		rmdirSync(path);
	} catch {}
}

/** A folder inside the data folder, for this user alone. @throws StartError "data.notWritable" */
export function folderInside(path: string): void {
	try {
		mkdirSync(path, { recursive: true });
	} catch (error) {
		throw notUsable(path, error);
	}
}

function isFolder(path: string): boolean {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
}
