import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";

/** A lock of the operating system, held for as long as this process, or one that has inherited it, keeps it open. */
export interface KernelLock {
	/** The open folder; a child that inherits it holds the lock too. */
	readonly fd: number;
	/** Gives up this process's share. */
	release(): void;
}

/** "unknown": this machine or file system cannot say, for want of the command or of locks on folders. */
export type LockAnswer = KernelLock | "held" | "unknown";

/**
 * Locks a folder itself, which nobody deletes by accident, as flock(2) does. The lock is seen by every process on the
 * machine, whatever namespaces (containers) it lives in, and ends with the process, however that ends.
 *
 * Node has no call for it. flock(1) locks the *open folder* it is handed, which it shares with this process, and so the
 * lock stays when the command has ended.
 */
export function lockFolder(folder: string): LockAnswer {
	const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
	const { status } = spawnSync("flock", ["-x", "-n", "3"], { stdio: ["ignore", "ignore", "ignore", fd] });
	if (status === 0) return heldLock(fd);
	closeSync(fd);
	return status === 1 ? "held" : "unknown";
}

function heldLock(fd: number): KernelLock {
	let isHeld = true;
	return {
		fd,
		release() {
			// Twice would close what has the number by then.
			if (isHeld) closeSync(fd);
			isHeld = false;
		},
	};
}
