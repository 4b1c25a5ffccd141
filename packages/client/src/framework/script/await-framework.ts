/** Waits for `window.Framework`, which scripts may set much later than they are loaded (framework-contract 2, point 3). */

import { isRecord, safeGet } from "@inlay/contract";
import type { FrameworkScript } from "@inlay/framework";
import type { FrameworkTimeouts, Timers } from "../ports.ts";

/** A script that defines the property by other means is found by looking; this often, in milliseconds. */
const LOOK_EVERY_MS = 200;

export interface AwaitFrameworkParts {
	window: object;
	timers: Timers;
	timeouts: Pick<FrameworkTimeouts, "late" | "missing" | "withoutConfig">;
	/** Called once when the script is late; the waiting goes on. */
	late: () => void;
	/** Called once when it has not come long after; the waiting goes on. */
	missing: () => void;
	/** Ends the waiting, e.g. because the script cannot be loaded. */
	signal?: AbortSignal;
}

/**
 * Resolves with what the script has set: an object with a `config`, or after a while one without. Never rejects; stays
 * open when the waiting is ended. In an object of ours: a script's own may have a `then`, or throw when it is looked at.
 */
export function awaitFramework(parts: AwaitFrameworkParts): Promise<{ framework: FrameworkScript }> {
	return new Promise((resolve) => {
		let done = false;
		let graceOver = false;
		const cancels = new Map<string, () => void>();
		const after = (name: string, ms: number, task: () => void) => {
			if (!cancels.has(name)) cancels.set(name, parts.timers.after(ms, task));
		};
		const look = () => {
			const found = safeGet(parts.window, "Framework");
			if (done || (!isRecord(found) && typeof found !== "function")) return;
			if (!isRecord(safeGet(found, "config")) && !graceOver) {
				after("grace", parts.timeouts.withoutConfig, () => {
					graceOver = true;
					look();
				});
				return;
			}
			stop();
			resolve({ framework: found as unknown as FrameworkScript });
		};
		const stop = () => {
			done = true;
			for (const cancel of cancels.values()) cancel();
		};
		parts.signal?.addEventListener("abort", stop);
		const lookAgain = () => {
			if (done) return;
			look();
			cancels.delete("look");
			if (!done) after("look", LOOK_EVERY_MS, lookAgain);
		};
		// The rest of the assigning script runs before anybody reads what it has set.
		trapAssignment(parts.window, () => queueMicrotask(look));
		after("late", parts.timeouts.late, parts.late);
		after("missing", parts.timeouts.missing, parts.missing);
		lookAgain();
	});
}

/** Hears assignments to `window.Framework` and keeps the value readable as an ordinary property. */
function trapAssignment(window: object, assigned: () => void): void {
	let value: unknown = safeGet(window, "Framework");
	try {
		Object.defineProperty(window, "Framework", {
			configurable: true,
			enumerable: true,
			get: () => value,
			set: (next: unknown) => {
				value = next;
				assigned();
			},
		});
	} catch {
		// Something has fixed the property already; looking from time to time finds it.
	}
}
