/** Whether a process that says nothing is at work. */

import { readdirSync, readFileSync } from "node:fs";

/** What proc(5) tells of a process' threads together. */
interface Threads {
	/** Processor time so far, in clock ticks. */
	ticks: number;
	/** One of them computes, waits for its turn on a busy machine, or waits for the disk. */
	isBusy: boolean;
}

/**
 * Tells, with each call, whether the process has computed since the last one, or would have if it had been given a turn.
 * One that is stopped or waits for something does neither. Where there is no /proc, it counts as at work.
 */
export function workOf(pid: number): () => boolean {
	let ticks = -1;
	return () => {
		const threads = threadsOf(pid);
		if (!threads) return true;
		const isAtWork = threads.isBusy || threads.ticks !== ticks;
		ticks = threads.ticks;
		return isAtWork;
	};
}

function threadsOf(pid: number): Threads | undefined {
	try {
		const folder = `/proc/${pid}/task`;
		const threads = readdirSync(folder).map((id) => readThread(`${folder}/${id}/stat`));
		return {
			ticks: threads.reduce((sum, { ticks }) => sum + ticks, 0),
			isBusy: threads.some(({ isBusy }) => isBusy),
		};
	} catch {
		return undefined;
	}
}

/** The command's name, in brackets, may itself hold spaces; behind it stand the state, and utime and stime as 12th and 13th. */
function readThread(file: string): Threads {
	const stat = readFileSync(file, "utf8");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return { ticks: Number(fields[11]) + Number(fields[12]), isBusy: fields[0] === "R" || fields[0] === "D" };
}
