import type { ServerMessage } from "./protocol.ts";

export interface WholeThreadParts {
	/** What the page shows: the newest, without a gap. */
	shown(): readonly ServerMessage[];
	/** Asks for what lies before that number; false where there is no connection. */
	ask(before: number): boolean;
}

/** All that was said, gathered beside what the page shows: what is shown is read out, and drawn. */
export class WholeThread {
	readonly #parts: WholeThreadParts;
	/** Before the first that the page shows. */
	#earlier: readonly ServerMessage[] = [];
	#wanted: PromiseWithResolvers<readonly ServerMessage[]> | undefined;

	constructor(parts: WholeThreadParts) {
		this.#parts = parts;
	}

	/** Where the connection goes, it is what has come until then. */
	read(): Promise<readonly ServerMessage[]> {
		this.#wanted ??= Promise.withResolvers();
		const { promise } = this.#wanted;
		this.goOn();
		return promise;
	}

	/** Asks for what is missing still, also what was refused before; where that is nothing, it is done. */
	goOn(): void {
		const first = this.#all[0]?.seq ?? 1;
		if (this.#wanted && !(first > 1 && this.#parts.ask(first))) this.end();
	}

	/** The server's answer to a question, of whoever asked: before the page shows it. */
	take(older: readonly ServerMessage[]): void {
		if (!this.#wanted) return;
		const all = this.#all;
		const first = all[0]?.seq ?? 1;
		const last = older.at(-1)?.seq;
		if (last === undefined) this.end();
		else if (last === first - 1) {
			this.#earlier = [...older, ...all];
			this.goOn();
		}
	}

	/** Nothing more comes. */
	end(): void {
		this.#wanted?.resolve(this.#all);
		this.#wanted = undefined;
		this.#earlier = [];
	}

	get #all(): readonly ServerMessage[] {
		const shown = this.#parts.shown();
		const first = shown[0]?.seq ?? 1;
		const earlier = this.#earlier.filter(({ seq }) => seq < first);
		// The page has gone on further ahead: between the two nobody knows what was said.
		return earlier.at(-1)?.seq === first - 1 ? [...earlier, ...shown] : shown;
	}
}
