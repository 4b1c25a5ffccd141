import type { ScriptReport } from "../ports.ts";

/** Senders that are told apart; what comes from more is told together. */
const mostSenders = 10;

/**
 * Counts what is not taken: messages of who may not speak here, or of no known shape. Administrators hear of the first of
 * a kind, of the tenth, the hundredth, and so on.
 */
export class DroppedMessages {
	readonly #report: (report: ScriptReport) => void;
	readonly #counts = new Map<string, number>();

	constructor(report: (report: ScriptReport) => void) {
		this.#report = report;
	}

	/** @param from such as `page https://other.example (origin)` */
	count(from: string): void {
		const kind = this.#counts.has(from) || this.#counts.size < mostSenders ? from : "others";
		const count = (this.#counts.get(kind) ?? 0) + 1;
		this.#counts.set(kind, count);
		if (/^10*$/.test(String(count)))
			this.#report({ code: "framework.message.dropped", text: `${kind}: ${count} not taken` });
	}
}
