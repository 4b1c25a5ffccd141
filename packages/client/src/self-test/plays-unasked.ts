/** The part of an `AudioContext` that is used; tests bring their own. */
export type Sound = Pick<AudioContext, "state" | "close" | "addEventListener">;

/** Firefox and Safari begin suspended, and say within this time whether they may play, ms. */
const longestMs = 500;

/** Whether a page may play sound before anybody has clicked in it; a browser without sound may not. Never rejects. */
export async function playsUnasked(make: () => Sound = () => new AudioContext(), waitMs = longestMs): Promise<boolean> {
	try {
		const sound = make();
		if (sound.state !== "running") await changed(sound, waitMs);
		const plays = sound.state === "running";
		// It has said what was asked of it, whether or not it closes.
		void sound.close().catch(() => undefined);
		return plays;
	} catch {
		return false;
	}
}

function changed(sound: Sound, waitMs: number): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, waitMs);
		sound.addEventListener("statechange", () => {
			clearTimeout(timer);
			resolve();
		});
	});
}
