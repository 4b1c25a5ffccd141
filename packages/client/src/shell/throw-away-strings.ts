import { catalogue, textOf } from "@inlay/ui";

/** Of what was written and not sent. */
const throwAwayTexts = catalogue("throwAway", {
	throwAway: "Throw away",
	ask: "What was written cannot be brought back.",
	keep: "Keep it",
});

export const t = textOf(throwAwayTexts);
