/**
 * The boundary to code that a customer wrote: whatever it does, the panel goes on (framework-contract 2, point 8).
 */
import { authorsPlace } from "@inlay/contract/script-guards";
import type { FrameworkLog, FrameworkUiPort } from "./ports.ts";
import { ScriptEnded } from "./script/script-turns.ts";

/** Runs one customer callback; `failed` is called in place of anything it throws or rejects with. */
export type Guard = <Result>(name: string, task: () => Result, failed?: () => void) => Result | undefined;

/** Text of whatever was thrown, which may come from another realm or be no Error at all. */
export function messageOf(thrown: unknown): string {
	try {
		const message = (thrown as { message?: unknown } | null | undefined)?.message;
		return String(message === undefined ? thrown : message);
	} catch {
		return "unknown error";
	}
}

/**
 * A guard that logs every failure and shows each different one once: scripts tend to fail the same way on each event.
 * @param called hears after each callback
 */
export function createGuard(ui: Pick<FrameworkUiPort, "report">, log: FrameworkLog, called = () => {}): Guard {
	const shown = new Set<string>();
	return (name, task, failed) => {
		const fail = (thrown: unknown) => {
			// Told once, when it was ended.
			if (thrown instanceof ScriptEnded) return failed?.();
			const message = messageOf(thrown);
			const key = `${name}\n${message}`;
			const said = `${message}${placeOf(thrown)}`;
			if (shown.has(key)) log.warn("A framework callback failed again", { callback: name, message });
			else ui.report({ code: "framework.callback.threw", text: `${name}: ${said}`, said });
			shown.add(key);
			failed?.();
		};
		try {
			const result = task();
			called();
			if (isThenable(result)) result.then(undefined, fail);
			return result;
		} catch (thrown) {
			called();
			fail(thrown);
			return undefined;
		}
	};
}

/** Where the author of a script finds what it has thrown, where that is not the line that the browser says. */
export function authorsPlaceOf(thrown: unknown): string | undefined {
	try {
		const place = (thrown as Record<string, unknown> | null | undefined)?.[authorsPlace];
		return typeof place === "string" ? place : undefined;
	} catch {
		return undefined;
	}
}

/** Where in the script it was thrown, as far as the browser tells. */
function placeOf(thrown: unknown): string {
	const place = authorsPlaceOf(thrown);
	if (place !== undefined) return ` (${place})`;
	try {
		const line = /framework\.js[^\s:]*:(\d+)/.exec((thrown as Error).stack ?? "")?.[1];
		return line ? ` (line ${line})` : "";
	} catch {
		return "";
	}
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
	return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
