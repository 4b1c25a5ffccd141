/** What is heard, as far as it is stopped here. */
export interface Sound {
	pause(): void;
}

/** A call or its likes; `call` while somebody is called within a callback. */
interface Call {
	id: string;
	media: string;
	state: string;
	call?: { state: string };
}

/** Messages and recordings are heard one at a time, and not over a call that comes up. */
export class OneSound {
	#playing: Sound | undefined;
	#calls: ReadonlySet<string> | undefined;

	/** It is heard from now on: what was heard before pauses. */
	plays(sound: Sound): void {
		if (this.#playing !== sound) this.#playing?.pause();
		this.#playing = sound;
	}

	/** @param interactions all of the agent's; a call that was not among them pauses what is heard */
	follow(interactions: readonly Call[]): void {
		const now = new Set(interactions.filter(isCall).map(({ id }) => id));
		const before = this.#calls;
		this.#calls = now;
		if (before && [...now].some((id) => !before.has(id))) this.#playing?.pause();
	}
}

/** It rings, or somebody is on the line or being called. */
function isCall({ media, state, call }: Call): boolean {
	return call !== undefined || state === "alerting" || (media === "call" && state !== "disconnected");
}

/** The page's. */
export const oneSound = new OneSound();
