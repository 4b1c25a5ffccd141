import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The embedded PostgreSQL of a data folder, as processes that a test can hurt. */
export interface PostgresProcesses {
	readonly postmaster: number;
	/** Server processes that clients are connected to. */
	readonly backends: number[];
	/** The postmaster and everything it has started. */
	readonly all: number[];
}

export function postgresOf(dataFolder: string): PostgresProcesses {
	const file = readFileSync(join(dataFolder, "postgres", "cluster", "postmaster.pid"), "utf8");
	const postmaster = Number(file.split("\n")[0]);
	const children = readdirSync("/proc")
		.filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === postmaster)
		.map(Number);
	const backends = children.filter((pid) => /inlay inlay /.test(titleOf(pid)));
	return { postmaster, backends, all: [postmaster, ...children] };
}

export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
	for (const pid of pids) {
		try {
			process.kill(pid, signal);
		} catch {
			// It has ended meanwhile.
		}
	}
}

/** Direct children of a process whose command line contains `part`. */
export function childrenOf(parent: number, part: string): number[] {
	return readdirSync("/proc")
		.filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === parent && titleOf(Number(entry)).includes(part))
		.map(Number);
}

function parentOf(pid: string): number {
	try {
		return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
	} catch {
		return 0;
	}
}

function titleOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "latin1");
	} catch {
		return "";
	}
}
