/**
 * Work that looks at everything, asked for by news that may come in hundreds: one round at a time, and one more for all that
 * was asked while it ran.
 *
 * @param round deals with its own errors
 */
export function inRounds(round: () => Promise<void>): () => Promise<void> {
	let running: Promise<void> | undefined;
	let next: Promise<void> | undefined;
	function begin(): Promise<void> {
		next = undefined;
		running = round().finally(() => {
			running = undefined;
		});
		return running;
	}
	return () => {
		if (!running) return begin();
		next ??= running.then(begin, begin);
		return next;
	};
}
