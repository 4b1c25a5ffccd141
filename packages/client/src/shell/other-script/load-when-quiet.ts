import type { Clock } from "../../session/clock.ts";

/** How long nobody has touched the panel, milliseconds. */
const quietMs = 10_000;
/** The panels of a thousand agents do not all come back in the same second. */
const spreadMs = 20_000;
const lookEveryMs = 2_000;

export interface QuietParts {
	clock: Clock;
	/** Whether the agent would lose something, or be interrupted. */
	isInUse: () => boolean;
	/** When the agent last touched the panel, by the clock. */
	lastUseAt: () => number;
	/** From 0 to 1. */
	random: () => number;
	load: () => void;
}

/** Loads the panel anew once nothing has been in hand for a while. @returns the way to stop */
export function loadWhenQuiet({ clock, isInUse, lastUseAt, random, load }: QuietParts): () => void {
	const needed = quietMs + random() * spreadMs;
	let quietSince = clock.now();
	let cancel = () => {};
	const look = () => {
		const now = clock.now();
		if (isInUse()) quietSince = now;
		if (now - Math.max(quietSince, lastUseAt()) >= needed) return load();
		cancel = clock.after(lookEveryMs, look);
	};
	look();
	return () => cancel();
}
