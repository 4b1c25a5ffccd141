import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { isRunning, processIdentity } from "../config/process-identity.ts";
import type { LeaseHolder } from "./server-lease.ts";

/** This process as a holder; a new one with each call. */
export function newHolder(): LeaseHolder {
	const { pid, startTicks, bootId, namespace } = processIdentity(process.pid);
	return {
		id: randomUUID(),
		name: `process ${pid} on ${hostname()}`,
		place: [hostname(), bootId ?? "", namespace ?? ""].join(" "),
		pid,
		...(startTicks === undefined ? {} : { startTicks }),
	};
}

/** Whether a holder is known to have ended: it ran here, and no longer does. Of other machines nothing is known. */
export function hasEnded({ place, pid, startTicks }: LeaseHolder): boolean {
	if (place !== newHolder().place) return false;
	return !isRunning({ pid, startTicks, bootId: processIdentity(process.pid).bootId });
}
