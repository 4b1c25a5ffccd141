import { randomUUID } from "node:crypto";
import {
	closeSync,
	fstatSync,
	linkSync,
	lstatSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "../log.ts";
import { FolderWatch } from "./folder-watch.ts";
import { type KernelLock, type LockAnswer, lockFolder } from "./kernel-lock.ts";
import { isOfHere, isRunning, type ProcessIdentity, processIdentity } from "./process-identity.ts";
import { dataInUse, notUsable, type StartError } from "./start-error.ts";

/** The file in a data folder that names the Inlay running on it. */
export const lockFileName = "inlay.lock";

/** How often the holder shows at the file's time of change that it goes on, in ms. */
const beatEveryMs = 1000;
/** Beats without which a holder counts as gone that nothing else is known of. */
const beatsMissed = 4;

export interface FolderLockOptions {
	log?: Pick<Logger, "warn" | "error">;
	/** Tells the person at the console why the start takes a while. */
	say?(sentence: string): void;
	/** Tests are in more of a hurry. */
	beatMs?: number;
}

/** The right to be the one Inlay on a folder. */
export interface FolderLock {
	/** Settled when another Inlay has the folder and this one must stop. */
	readonly lost: Promise<StartError>;
	/** What is wrong with the folder just now, in a few words; undefined when all is well. */
	readonly trouble: string | undefined;
	release(): void;
}

/** What stands in the lock file. */
interface Owner extends ProcessIdentity {
	/** Names one taking of the lock. */
	readonly claim?: string;
	readonly host?: string;
	/** The holder has the kernel's lock too: whoever gets that one knows that the holder is gone. */
	readonly isLockedByKernel?: boolean;
}

/**
 * Takes the lock of a folder. It has two witnesses (docs/decisions/0023):
 *
 * - the kernel's lock on the folder, which all processes of a machine see and which ends with its holder;
 * - a file that names the holder, and whose time of change moves every second while it runs. It speaks where the kernel's
 *   lock does not reach: between machines on a network file system, or where there is no flock(1).
 *
 * One left behind by kill -9 or a power cut is recognised and replaced: at once where the holder ran on this machine,
 * after four seconds without a beat where nothing else is known of it.
 *
 * @throws StartError "data.inUse", "data.notWritable"
 */
export async function takeFolderLock(folder: string, options: FolderLockOptions = {}): Promise<FolderLock> {
	const file = join(folder, lockFileName);
	if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) throw notUsable(file, { code: "EISDIR" });
	const answer = kernelLockOf(folder);
	if (answer === "held") throw inUse(folder, readOwner(file));
	const kernelLock = answer === "unknown" ? undefined : answer;
	try {
		return await takeFile(folder, file, kernelLock, options);
	} catch (error) {
		kernelLock?.release();
		throw error;
	}
}

function kernelLockOf(folder: string): LockAnswer {
	try {
		return lockFolder(folder);
	} catch (error) {
		throw notUsable(folder, error);
	}
}

async function takeFile(
	folder: string,
	file: string,
	kernelLock: KernelLock | undefined,
	options: FolderLockOptions,
): Promise<FolderLock> {
	const { beatMs = beatEveryMs, say = () => {} } = options;
	const claim = new Claim(folder, file, kernelLock !== undefined);
	while (!claim.put()) {
		const owner = readOwner(file);
		if (owner && (await goesOn(owner, file, kernelLock !== undefined, beatMs, say))) throw inUse(folder, owner);
		setAside(file, owner);
	}
	return new HeldFolder(folder, claim, kernelLock, beatMs, options.log);
}

/** Whether the owner that a lock file names still runs. */
async function goesOn(
	owner: Owner,
	file: string,
	hasKernelLock: boolean,
	beatMs: number,
	say: (sentence: string) => void,
): Promise<boolean> {
	const isOfThisBoot = owner.bootId === processIdentity(process.pid).bootId;
	if (hasKernelLock && owner.isLockedByKernel && isOfThisBoot) return false;
	if (isOfHere(owner)) return isRunning(owner);
	say(`${file} was left by an Inlay on ${owner.host ?? "another machine"}; looking whether it still runs.`);
	return await beats(file, beatMs);
}

/** Whether somebody shows that he goes on. What the clocks of two machines say is not compared. */
async function beats(file: string, beatMs: number): Promise<boolean> {
	const first = beatOf(file);
	const until = performance.now() + beatMs * beatsMissed;
	while (performance.now() < until) {
		await pause(beatMs / 10);
		if (beatOf(file) !== first) return true;
	}
	return false;
}

/** Opened for it: network file systems look at the server's times when a file is opened. */
function beatOf(file: string): string {
	try {
		const fd = openSync(file, "r");
		try {
			const { ino, mtimeMs } = fstatSync(fd);
			return `${ino} ${mtimeMs}`;
		} finally {
			closeSync(fd);
		}
	} catch {
		return "gone";
	}
}

/** What this process writes into the lock file. */
class Claim {
	readonly file: string;
	readonly #id = randomUUID();
	readonly #text: string;
	readonly #draft: string;

	constructor(folder: string, file: string, isLockedByKernel: boolean) {
		this.file = file;
		this.#draft = join(folder, `.${lockFileName}.${this.#id}`);
		const owner: Owner = { ...processIdentity(process.pid), host: hostname(), claim: this.#id, isLockedByKernel };
		this.#text = JSON.stringify(owner);
	}

	/** Takes the file if there is none. @returns whether it is this process's now */
	put(): boolean {
		try {
			writeFileSync(this.#draft, this.#text, { flag: "wx", mode: 0o600 });
			return linkIfFree(this.#draft, this.file);
		} catch (error) {
			throw notUsable(this.file, error);
		} finally {
			rmSync(this.#draft, { force: true });
		}
	}

	isWritten(): boolean {
		return readOwner(this.file)?.claim === this.#id;
	}
}

class HeldFolder implements FolderLock {
	readonly lost: Promise<StartError>;
	readonly #lose: (error: StartError) => void;
	readonly #folder: string;
	readonly #claim: Claim;
	readonly #kernelLock: KernelLock | undefined;
	readonly #log: FolderLockOptions["log"];
	readonly #beats: NodeJS.Timeout;
	readonly #watch: FolderWatch;
	#isReleased = false;

	constructor(
		folder: string,
		claim: Claim,
		kernelLock: KernelLock | undefined,
		beatMs: number,
		log: FolderLockOptions["log"],
	) {
		const { promise, resolve } = Promise.withResolvers<StartError>();
		this.lost = promise;
		this.#lose = resolve;
		this.#folder = folder;
		this.#claim = claim;
		this.#kernelLock = kernelLock;
		this.#log = log;
		this.#watch = new FolderWatch(folder, log);
		this.#beats = setInterval(() => this.#beat(), beatMs);
		this.#beats.unref();
	}

	get trouble(): string | undefined {
		return this.#watch.trouble;
	}

	/** Takes away its own file alone: one that is another's by now stays. */
	release(): void {
		if (this.#isReleased) return;
		this.#isReleased = true;
		clearInterval(this.#beats);
		if (this.#claim.isWritten()) rmSync(this.#claim.file, { force: true });
		this.#kernelLock?.release();
	}

	#beat(): void {
		const { file } = this.#claim;
		const now = new Date();
		if (this.#claim.isWritten()) {
			this.#watch.isWell();
			// A disk that is full makes itself heard elsewhere.
			return void utimes(file, now, now).catch(() => {});
		}
		if (this.#watch.isGone()) return;
		try {
			this.#restore();
			this.#watch.isWell();
		} catch (error) {
			this.#watch.cannotBeWritten(file, error);
		}
	}

	/** Somebody has deleted or changed the file. With the kernel's lock the folder is still this server's alone. */
	#restore(): void {
		const { file } = this.#claim;
		const other = readOwner(file);
		if (other && !this.#kernelLock) {
			clearInterval(this.#beats);
			this.#lose(inUse(this.#folder, other));
			return;
		}
		setAside(file, other);
		if (this.#claim.put()) this.#log?.warn({ file }, "the lock of the data folder was deleted or changed; it is back");
	}
}

/** A hard link is made whole or not at all: nobody ever reads a half-written lock. */
function linkIfFree(draft: string, file: string): boolean {
	try {
		linkSync(draft, file);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
		throw error;
	}
}

/**
 * Removes a lock whose owner is gone. Two processes may do this at once, so the file is moved away first and looked at
 * again: if it turns out to be the new lock of the other one, it is put back.
 */
function setAside(file: string, stale: Owner | undefined): void {
	const aside = `${file}.${randomUUID()}`;
	try {
		renameSync(file, aside);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
		throw notUsable(file, error);
	}
	if (readOwner(aside)?.claim !== stale?.claim) linkIfFree(aside, file);
	rmSync(aside, { force: true });
}

function readOwner(file: string): Owner | undefined {
	try {
		const owner = JSON.parse(readFileSync(file, "utf8"));
		return typeof owner?.pid === "number" ? owner : undefined;
	} catch {
		return undefined;
	}
}

function inUse(folder: string, owner: Owner | undefined): StartError {
	if (!owner) return dataInUse(folder, "");
	return dataInUse(
		folder,
		` (process ${owner.pid}${owner.host && owner.host !== hostname() ? ` on ${owner.host}` : ""})`,
	);
}
