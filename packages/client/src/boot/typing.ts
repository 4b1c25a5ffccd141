/** Notes that are typed here and kept elsewhere: what comes back a moment old does not take letters away. */
export class Typing {
	readonly interactionId: string;
	/** What was told last that was not typed here. */
	#base: string | undefined;
	/** What was typed and has not come back yet, the oldest first. */
	#under: string[] = [];

	constructor(interactionId: string) {
		this.interactionId = interactionId;
	}

	write(notes: string): void {
		this.#under.push(notes);
	}

	/** Gives what is to be shown when this is what is kept. */
	heard(notes: string): string {
		const at = this.#under.indexOf(notes);
		if (at >= 0) this.#under = this.#under.slice(at + 1);
		// Somebody else has written; what was typed meanwhile is joined with it where it is kept.
		else if (notes !== this.#base) this.#under = [];
		this.#base = notes;
		return this.#under.at(-1) ?? notes;
	}
}
