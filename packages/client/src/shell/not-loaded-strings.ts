import { catalogue, textOf } from "@inlay/ui";

/** What did not load. */
const notLoadedTexts = catalogue("notLoaded", {
	again: "Load again",
});

export const t = textOf(notLoadedTexts);
