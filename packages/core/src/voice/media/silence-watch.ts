import { FRAME_MS } from "./audio.ts";

/**
 * A connected peer that sends neither sound nor RTCP for this long is gone (a killed browser, a cut line). Muted and held
 * clients go on sending; one that sends no sound at all still reports what it receives every few seconds (RFC 3550 6.2).
 * ICE alone would notice after 30 s.
 */
const goneAfterMs = 10_000;
/** One that has sent sound sends some every 20 ms: after so long without a packet its people need not wait in silence. */
const silentAfterMs = 2_000;
/** How fresh its last sound was by then; whose sound ended before is one that only reports. */
const freshMs = 1_000;

/** Watches, frame by frame, whether anything comes from a connected peer. */
export class SilenceWatch {
	/** Frames since anything came, and since sound did. */
	#quiet = 0;
	#sinceSound = Number.POSITIVE_INFINITY;
	#isSilent = false;

	/**
	 * A packet has come.
	 * @returns whether the peer had been silent
	 */
	heard(isSound: boolean): boolean {
		const wasSilent = this.#isSilent;
		this.#quiet = 0;
		this.#isSilent = false;
		if (isSound) this.#sinceSound = 0;
		return wasSilent;
	}

	/** One frame later: whether the peer has just become silent, or has to be given up. */
	tick(): "silent" | "gone" | undefined {
		this.#quiet++;
		this.#sinceSound++;
		if (this.#quiet === goneAfterMs / FRAME_MS) return "gone";
		if (this.#quiet !== silentAfterMs / FRAME_MS) return undefined;
		this.#isSilent = this.#sinceSound - this.#quiet < freshMs / FRAME_MS;
		return this.#isSilent ? "silent" : undefined;
	}
}
