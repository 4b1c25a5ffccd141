import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { isRunning, processIdentity } from "../config/process-identity.ts";
import type { LeaseHolder } from "./server-lease.ts";

/** This process as a holder; a new one with each call. */
export function newHolder(): LeaseHolder {
	const { pid, startTicks, bootId } = processIdentity(process.pid);
	return {
		id: randomUUID(),
		name: `process ${pid} on ${hostname()}`,
		place: [hostname(), bootId ?? "", processNamespace()].join(" "),
		pid,
		...(startTicks === undefined ? {} : { startTicks }),
	};
}

/** Whether a holder is known to have ended: it ran here, and no longer does. Of other machines nothing is known. */
export function hasEnded({ place, pid, startTicks }: LeaseHolder): boolean {
	if (place !== newHolder().place) return false;
	return !isRunning({ pid, startTicks, bootId: processIdentity(process.pid).bootId });
}

/** Containers on one machine number their processes each for themselves. */
function processNamespace(): string {
	try {
		return readlinkSync("/proc/self/ns/pid");
	} catch {
		return "";
	}
}
