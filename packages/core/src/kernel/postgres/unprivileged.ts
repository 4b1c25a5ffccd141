import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { accessSync, chownSync, constants, existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { StartError } from "../start-error.ts";

/** Starts programs as the user that PostgreSQL runs as. */
export interface Runner {
	/** The user that owns the cluster; undefined where Inlay's own user does. */
	readonly owner?: { readonly uid: number; readonly gid: number };
	run(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

/** Capabilities that let a process enter folders it has no right to; the narrower one first (capabilities(7)). */
const capabilities = [
	{ name: "dac_read_search", bit: 2n },
	{ name: "dac_override", bit: 1n },
] as const;

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as himself; root hands it to the user "nobody", or to
 * whoever owns the cluster already. Where that user cannot reach the binaries or the cluster, as below /root, the
 * program is started through setpriv(1) with the one capability to pass through folders and no other right of root's.
 * The alternative, a cluster outside the data folder, would make `--data` untrue.
 *
 * @param cluster the cluster's folder, which may not exist yet
 * @param needed folders and files that PostgreSQL has to read
 */
export function runnerFor(cluster: string, needed: readonly string[]): Runner {
	if (process.getuid?.() !== 0) return { run: spawn };
	const owner = ownerOf(cluster) ?? nobody();
	if ([dirname(cluster), ...needed].every((path) => canRead(path, owner))) {
		return { owner, run: (command, args, options) => spawn(command, args, { ...options, ...owner }) };
	}
	const prefix = setprivPrefix(owner);
	return {
		owner,
		run: (command, args, options) => spawn("setpriv", [...prefix, "--", command, ...args], options),
	};
}

/** Gives a folder and all in it to the owner, as after a backup that root has copied back. */
export function giveTo(owner: NonNullable<Runner["owner"]>, path: string): void {
	chownSync(path, owner.uid, owner.gid);
	if (!lstatSync(path).isDirectory()) return;
	for (const name of readdirSync(path)) {
		const inside = join(path, name);
		if (lstatSync(inside).isSymbolicLink()) continue;
		giveTo(owner, inside);
	}
}

function ownerOf(cluster: string): Runner["owner"] {
	const stats = statSync(cluster, { throwIfNoEntry: false });
	return stats && stats.uid !== 0 ? { uid: stats.uid, gid: stats.gid } : undefined;
}

/** initdb looks its user up by name, so the number must be one that the system knows. */
function nobody(): { uid: number; gid: number } {
	const line = readFileSync("/etc/passwd", "utf8")
		.split("\n")
		.find((entry) => entry.startsWith("nobody:"));
	const [, , uid, gid] = line?.split(":") ?? [];
	if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
	throw cannotDropRights(`the system has no user "nobody"`);
}

function canRead(path: string, user: { uid: number; gid: number }): boolean {
	for (let folder = path; ; folder = dirname(folder)) {
		const { mode, uid, gid } = statSync(folder);
		const rights = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
		const wanted = folder === path && !isFolderToPass(path, folder) ? 0o4 : 0o1;
		if ((rights & wanted) !== wanted) return false;
		if (folder === dirname(folder)) return true;
	}
}
