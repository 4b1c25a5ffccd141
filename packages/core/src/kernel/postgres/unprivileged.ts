import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { StartError } from "../config/start-error.ts";

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

/** Bits of a file's mode for one class of users. */
const mayPass = 0o1;
const mayRead = 0o4;

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
	if ([dirname(cluster), ...needed].every((path) => canReach(path, owner))) {
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
	const known = someName();
	if (known) return known;
	throw cannotDropRights(`the system has no user "nobody"`);
}

/** Numbers of "nobody", a user that has a name. */
export function someName(): { uid: number; gid: number } | undefined {
	const line = readFileSync("/etc/passwd", "utf8")
		.split("\n")
		.find((entry) => entry.startsWith("nobody:"));
	const [, , uid, gid] = line?.split(":") ?? [];
	return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Whether the user may pass through every folder on the way and read the file at its end, by the mode bits alone. */
function canReach(path: string, user: { uid: number; gid: number }): boolean {
	for (let step = realpathSync(path); ; step = dirname(step)) {
		const stats = statSync(step);
		const rights = stats.uid === user.uid ? stats.mode >> 6 : stats.gid === user.gid ? stats.mode >> 3 : stats.mode;
		const wanted = stats.isDirectory() ? mayPass : mayRead;
		if ((rights & wanted) === 0) return false;
		if (step === dirname(step)) return true;
	}
}

/**
 * The securebit keeps access(2), which PostgreSQL asks about its own binaries, from ignoring the capability; after the
 * exec no other capability is left.
 */
function setprivPrefix(owner: { uid: number; gid: number }): string[] {
	const effective = BigInt(
		`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0"}`,
	);
	const capability = capabilities.find(({ bit }) => (effective >> bit) & 1n);
	if (!capability) throw cannotDropRights("this container keeps root from passing folders on");
	if (!isOnPath("setpriv")) throw cannotDropRights("the command setpriv is missing");
	const only = `-all,+${capability.name}`;
	return [
		...["--reuid", String(owner.uid), "--regid", String(owner.gid), "--clear-groups"],
		...["--inh-caps", only, "--ambient-caps", only, "--bounding-set", only],
		...["--securebits", "+no_setuid_fixup"],
	];
}

function isOnPath(command: string): boolean {
	const folders = (process.env.PATH ?? "").split(delimiter);
	return folders.some((folder) => existsSync(join(folder, command)));
}

function cannotDropRights(reason: string): StartError {
	return new StartError(
		"database.failed",
		`Inlay runs as root, PostgreSQL must not, and the user it would run as cannot reach its folders: ${reason}. Run Inlay as an ordinary user, choose a folder that all users can pass through with --data, or point DATABASE_URL to a PostgreSQL server.`,
	);
}
