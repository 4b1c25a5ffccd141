import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("otherScript", {
	told: "Your administrator has changed this panel. It loads the change by itself once you have nothing in hand.",
});

export const t = textOf(texts);
