/** Why the server cannot do its work just now, put together from what its parts know of themselves. */
export class Readiness {
	readonly #parts: Array<() => string | undefined> = [];

	/** @param reason says in a few words what is missing, at once and without asking anybody; undefined for nothing */
	add(reason: () => string | undefined): void {
		this.#parts.push(reason);
	}

	/** Empty when all is well. */
	reasons(): string[] {
		return this.#parts.flatMap((reason) => reason() ?? []);
	}
}
