import type { ScriptTurns } from "./script-turns.ts";

/** So many one right after the other, and whoever sits there comes to nothing but pressing them away. */
const mostDialogs = 10;
/** One that comes later than this after the last does not come right after it, ms. */
const restMs = 1_000;

type WaitedFor = (...given: unknown[]) => unknown;

/**
 * What a script may wait for while its window stands still, and no guard is met: dialogs, and requests that it does not want to come
 * later. Many of them are a loop as well.
 *
 * @param now ms
 */
export function watchWaits(window: Window, turns: ScriptTurns, now: () => number): void {
	countDialogs(window, turns, now);
	measureRequests(window, turns, now);
}

function countDialogs(window: Window, turns: ScriptTurns, now: () => number): void {
	const { apply } = Reflect;
	let count = 0;
	let closedAt = 0;
	for (const name of ["alert", "confirm", "prompt", "print"] as const) {
		const own = window[name] as WaitedFor | undefined;
		if (typeof own !== "function") continue;
		const value: WaitedFor = (...given) => {
			count = now() - closedAt > restMs ? 1 : count + 1;
			if (turns.hasEnded() || count > mostDialogs) turns.end(`${mostDialogs} dialogs`);
			try {
				return apply(own, window, given);
			} finally {
				closedAt = now();
			}
		};
		Object.defineProperty(window, name, { value, configurable: true, writable: true, enumerable: true });
	}
}

function measureRequests(window: Window, turns: ScriptTurns, now: () => number): void {
	const requests = (window as { XMLHttpRequest?: typeof XMLHttpRequest }).XMLHttpRequest?.prototype;
	if (!requests) return;
	const { apply } = Reflect;
	const { add, delete: leave, has } = WeakSet.prototype;
	/** Those whose script waits for them. */
	const waiting = new WeakSet<object>();
	const { open, send } = requests as unknown as Record<"open" | "send", WaitedFor>;
	const replace = (name: string, value: WaitedFor) =>
		Object.defineProperty(requests, name, { value, configurable: true, writable: true, enumerable: true });
	replace("open", function (this: object, ...given) {
		const isLater = given.length < 3 || Boolean(given[2]);
		apply(isLater ? leave : add, waiting, [this]);
		return apply(open, this, given);
	});
	replace("send", function (this: object, ...given) {
		if (!apply(has, waiting, [this])) return apply(send, this, given);
		const before = now();
		try {
			return apply(send, this, given);
		} finally {
			turns.waited(now() - before);
		}
	});
}
