import { readFileSync, readlinkSync } from "node:fs";

/** Which process this is, beyond its id, which the system hands out again. */
export interface ProcessIdentity {
	readonly pid: number;
	/** Clock ticks from boot to the start of the process (proc(5), stat field 22); absent where there is no /proc. */
	readonly startTicks?: string;
	/** Changes with every boot of the machine. */
	readonly bootId?: string;
	/** Containers on one machine number their processes each for themselves; absent in what earlier versions wrote. */
	readonly namespace?: string;
}

/** Describes a process that is running now. */
export function processIdentity(pid: number): ProcessIdentity {
	const bootId = readText("/proc/sys/kernel/random/boot_id")?.trim();
	return { pid, startTicks: readStartTicks(pid), bootId, namespace: pidNamespace() };
}

/** Whether this process can tell what has become of that one: its id means the same here and there. */
export function isOfHere({ bootId, namespace }: ProcessIdentity): boolean {
	const here = processIdentity(process.pid);
	return bootId === here.bootId && (namespace === undefined || namespace === here.namespace);
}

function pidNamespace(): string | undefined {
	try {
		return readlinkSync("/proc/self/ns/pid");
	} catch {
		return undefined;
	}
}

/** Whether exactly this process still runs: same id, same start, same boot. A zombie does not run. */
export function isRunning(identity: ProcessIdentity): boolean {
	if (!isAlive(identity.pid)) return false;
	if (identity.startTicks === undefined) return true;
	const now = processIdentity(identity.pid);
	return now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

/** Whether some process has this id. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it is there, and it belongs to somebody else.
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

function readStartTicks(pid: number): string | undefined {
	// The second field, the command's name in brackets, may itself hold spaces and brackets.
	const stat = readText(`/proc/${pid}/stat`);
	const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
	return fields?.[0] === "Z" ? undefined : fields?.[19];
}

function readText(file: string): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
}
