import { effect } from "@preact/signals";
import type { Clock } from "./clock.ts";

/** Resolves true as soon as what `read` sees of signals holds, false when it does not within `ms`. */
export function becomes(read: () => boolean, clock: Clock, ms: number): Promise<boolean> {
	return new Promise((resolve) => {
		let stop = () => {};
		const settle = (held: boolean) => {
			cancel();
			// The effect may run before its own way to stop is known.
			queueMicrotask(() => stop());
			resolve(held);
		};
		const cancel = clock.after(ms, () => settle(false));
		stop = effect(() => {
			if (read()) settle(true);
		});
	});
}
