import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../config/process-identity.ts";
import { StartError } from "../config/start-error.ts";
import type { PostgresLayout } from "./layout.ts";

/**
 * How long a server that was left running gets to stop by itself, then to stop at once, and then to be gone when it was
 * killed, as one must be that does not hear: it is stopped, or stuck. Milliseconds.
 */
const patience = { orderly: 15_000, immediate: 5_000, killed: 5_000 };
/** The same where it hangs or its postmaster is dead, and nobody can wait. */
const impatience = { orderly: 0, immediate: 1_000, killed: 5_000 };
const pollInterval = 10;

/**
 * Ends what a killed Inlay left running on a cluster, so that a new server can take over. Stopping costs some 0.1 s and
 * spares every special case of adopting a server that was started by other code with other settings. Ends also the
 * orphans of a killed postmaster, and removes a `postmaster.pid` whose number some other program has by now, which
 * PostgreSQL itself would take for a running server. PostgreSQL recovers every commit, however it was ended.
 *
 * @param pace "at once" skips the orderly stop
 * @throws StartError "database.failed" when something will not stop
 */
export async function endLeftovers(layout: PostgresLayout, pace: "in order" | "at once" = "in order"): Promise<void> {
	const postmaster = readPostmasterFile(layout)?.pid;
	const limit = pace === "in order" ? patience : impatience;
	const left = () => processesOf(layout, postmaster);
	const isLed = postmaster !== undefined && left().includes(postmaster);
	if (isLed && pace === "in order") signal([postmaster], "SIGINT");
	else signal(left(), "SIGQUIT");
	if (!(await allGone(layout, postmaster, limit.orderly))) {
		signal(left(), "SIGQUIT");
		if (!(await allGone(layout, postmaster, limit.immediate))) {
			signal(left(), "SIGKILL");
			if (!(await allGone(layout, postmaster, limit.killed))) throw stuck(layout, left());
		}
	}
	if (postmaster !== undefined && readPostmasterFile(layout)?.pid === postmaster && isAlive(postmaster)) {
		rmSync(join(layout.cluster, "postmaster.pid"), { force: true });
	}
}

/**
 * Kills a server that hangs with everything it has started, and waits for nothing: whoever keeps it sees it end. Commits
 * survive that as they survive a power cut.
 */
export function killServer(layout: PostgresLayout): void {
	signal(processesOf(layout, readPostmasterFile(layout)?.pid), "SIGKILL");
}

/** What PostgreSQL writes about a running server: lines 1, 4 and 8 of `postmaster.pid`. */
export interface PostmasterFile {
	readonly pid: number;
	readonly port: number;
	readonly ready: boolean;
}

/** Reads `postmaster.pid`; undefined when no server has the cluster, or it is just being written. */
export function readPostmasterFile(layout: PostgresLayout): PostmasterFile | undefined {
	try {
		const lines = readFileSync(join(layout.cluster, "postmaster.pid"), "utf8").split("\n");
		const pid = Number(lines[0]);
		if (!Number.isInteger(pid) || pid < 1) return undefined;
		return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
	} catch {
		return undefined;
	}
}

/** Without /proc there is only the postmaster's number to go by. */
function processesOf(layout: PostgresLayout, postmaster: number | undefined): number[] {
	if (!existsSync("/proc/self/cmdline")) return postmaster !== undefined && isAlive(postmaster) ? [postmaster] : [];
	return readdirSync("/proc")
		.filter((entry) => /^\d+$/.test(entry) && commandLine(entry).includes(layout.name))
		.map(Number);
}

function commandLine(pid: string): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "latin1");
	} catch {
		return "";
	}
}

async function allGone(layout: PostgresLayout, postmaster: number | undefined, limit: number): Promise<boolean> {
	const end = performance.now() + limit;
	while (processesOf(layout, postmaster).length > 0) {
		if (performance.now() > end) return false;
		await delay(pollInterval);
	}
	return true;
}

function signal(pids: readonly number[], name: "SIGINT" | "SIGQUIT" | "SIGKILL"): void {
	for (const pid of pids) {
		try {
			process.kill(pid, name);
		} catch {
			// It has ended by itself, or it belongs to another user; the wait that follows finds out.
		}
	}
}

function stuck(layout: PostgresLayout, pids: readonly number[]): StartError {
	return new StartError(
		"database.failed",
		`A PostgreSQL of an earlier start still runs on ${layout.cluster} and does not stop (process ${pids.join(", ")}). Stop it and start again.`,
	);
}
