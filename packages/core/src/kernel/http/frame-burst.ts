/** As many frames of one socket as its pages ever send in so long a time, ms. */
export interface Burst {
	most: number;
	ms: number;
}

/** @returns tells of each frame whether it is one too many: whoever sends more is no page of ours */
export function frameBurst({ most, ms }: Burst, nowMs = () => performance.now()): () => boolean {
	let [count, sinceMs] = [0, nowMs()];
	return () => {
		const now = nowMs();
		if (now - sinceMs > ms) [count, sinceMs] = [0, now];
		return ++count > most;
	};
}
