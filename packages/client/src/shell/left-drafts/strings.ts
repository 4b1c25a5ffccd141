import { catalogue, textOf } from "@inlay/ui";

/** Emails that were begun and not sent. */
const leftDraftTexts = catalogue("leftDrafts", {
	title: "Emails not sent yet",
	goOn: "Go on writing",
});

export const t = textOf(leftDraftTexts);
