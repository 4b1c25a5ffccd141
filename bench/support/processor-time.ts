import { readdirSync, readFileSync } from "node:fs";

/** Length of a tick, in which Linux counts the time of processes that have ended, ms. */
const tickMs = 10;

/**
 * Processor time that the server's PostgreSQL has used so far, in ms; undefined where the system does not tell (it is not
 * Linux). Unlike a clock it does not count what other programs did meanwhile.
 * @param name the cluster's name, which all of its processes carry in their title
 */
export function postgresProcessorMs(name: string): number | undefined {
	try {
		const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
		return pids.reduce((sum, pid) => sum + ranFor(pid, name), 0);
	} catch {
		return undefined;
	}
}

/** With the children that have ended, as connections come and go. 0 for what is none of the cluster's, or has ended. */
function ranFor(pid: string, name: string): number {
	try {
		if (!readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(name)) return 0;
		const own = Number(readFileSync(`/proc/${pid}/schedstat`, "latin1").split(" ")[0]) / 1e6;
		// After the name in brackets, which may hold spaces: "cutime" and "cstime" are the 14th and 15th.
		const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
		return own + (Number(fields[13]) + Number(fields[14])) * tickMs;
	} catch {
		return 0;
	}
}
