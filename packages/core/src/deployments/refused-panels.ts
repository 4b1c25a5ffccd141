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
 * Tells operators which panels were refused. A refused panel looks whether it is let in by now: that is told once, and not
 * with each look. Whoever only says that they look again, and was never refused before, is told of all the same.
 */
export class RefusedPanels {
	readonly #operators: OperatorLog;
	readonly #told = new NewestKept<true>(mostKept);

	constructor(operators: OperatorLog) {
		this.#operators = operators;
	}

	/** @param isAgain it says that it was refused already */
	tell(panel: RefusedPanel, sender?: Sender, isAgain = false): void {
		const mark = JSON.stringify([panel, sender?.key]);
		const wasTold = this.#told.get(mark) !== undefined;
		this.#told.set(mark, true);
		if (isAgain && wasTold) return;
		this.#operators.warn({ event: "panel.refused", ...panel }, "a panel was refused", sender);
	}
}
