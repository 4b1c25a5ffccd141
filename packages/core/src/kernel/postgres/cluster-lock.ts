import { setTimeout as pause } from "node:timers/promises";
import { type KernelLock, lockFolder } from "../config/kernel-lock.ts";
import { StartError } from "../config/start-error.ts";
import type { PostgresLayout } from "./layout.ts";
import type { Runner } from "./unprivileged.ts";

/** A PostgreSQL that lost its Inlay stops by itself; see `startWatchdog`. It is given this long, in ms. */
const waitMs = 30_000;
const lookEveryMs = 100;

/**
 * Locks the database's folder for this Inlay and for the PostgreSQL it starts: the server and its processes inherit the
 * lock, so that it lasts until the last of them has ended, although Inlay itself was killed. One in another container,
 * whose processes cannot be seen from here, can so be waited for; two of them on one cluster would destroy it.
 *
 * @returns undefined where the system has no such lock
 * @throws StartError "database.failed" when an earlier server does not end
 */
export async function lockCluster(layout: PostgresLayout, limitMs = waitMs): Promise<KernelLock | undefined> {
	const until = performance.now() + limitMs;
	for (;;) {
		const answer = lockFolder(layout.folder);
		if (answer === "unknown") return undefined;
		if (answer !== "held") return answer;
		if (performance.now() > until) throw stillRuns(layout);
		await pause(lookEveryMs);
	}
}

/** Hands the lock to everything that the runner starts. */
export function handingOn(runner: Runner, lock: KernelLock | undefined): Runner {
	if (!lock) return runner;
	const run: Runner["run"] = (command, args, options) =>
		runner.run(command, args, { ...options, stdio: [...(options.stdio as []), lock.fd] });
	return { ...runner, run };
}

function stillRuns({ cluster }: PostgresLayout): StartError {
	return new StartError(
		"database.failed",
		`A PostgreSQL of an earlier start still runs on ${cluster}, perhaps in another container, and does not stop. Stop it and start again.`,
	);
}
