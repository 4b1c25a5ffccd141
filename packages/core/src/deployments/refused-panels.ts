import { NewestKept } from "../kernel/newest-kept.ts";
import type { OperatorLog, Sender } from "../kernel/operator-log.ts";

/** Refusals of which it is remembered that operators were told. */
const mostKept = 5_000;

/** Which panel was refused, and why; further keys say who and what. */
export interface RefusedPanel {
	code: string;
	deploymentId: string | undefined;
	[key: string]: unknown;
}

/**
 * Tells operators which panels were refused, and what is to be put right about others. A refused panel looks whether it is let
 * in by now: that is told once, and not with each look. Whoever only says that they look again, and of whom this very thing
 * was never told, is told of all the same.
 */
export class RefusedPanels {
	readonly #operators: OperatorLog;
	readonly #told = new NewestKept<true>(mostKept);

	constructor(operators: OperatorLog) {
		this.#operators = operators;
	}

	/** @param isAgain it says that it was refused already */
	tell(panel: RefusedPanel, sender?: Sender, isAgain = false): void {
		this.#tellOnce({ event: "panel.refused", ...panel }, "a panel was refused", sender, isAgain);
	}

	/** One that was let in, though something about it should be put right. @param isAgain it says that it was told already */
	find(panel: RefusedPanel, note: string, sender?: Sender, isAgain = false): void {
		this.#tellOnce({ event: "panel.finding", ...panel }, note, sender, isAgain);
	}

	#tellOnce(what: RefusedPanel & { event: string }, text: string, sender: Sender | undefined, isAgain: boolean): void {
		const mark = JSON.stringify([what, sender?.key]);
		const wasTold = this.#told.get(mark) !== undefined;
		this.#told.set(mark, true);
		if (isAgain && wasTold) return;
		this.#operators.warn(what, text, sender);
	}
}
