import { effect } from "@preact/signals";
import type { Clock } from "./clock.ts";

/** Waits until `holds`, which reads signals, is true; gives false when it is not within `ms` milliseconds. */
export function until(holds: () => boolean, clock: Clock, ms: number): Promise<boolean> {
	return new Promise((resolve) => {
		let stop = () => {};
		const cancel = clock.after(ms, () => finish(false));
		const finish = (held: boolean) => {
			cancel();
			resolve(held);
			// Within its first run an effect cannot be stopped yet.
			queueMicrotask(() => stop());
		};
		stop = effect(() => {
			if (holds()) finish(true);
		});
	});
}
