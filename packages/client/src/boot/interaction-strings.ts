import { catalogue, textOf } from "@inlay/ui";

export const t = textOf(
	catalogue("interactionWindow", {
		title: "Nothing open here",
		text: "Work that needs more room than the phone panel opens here. Calls stay in the panel.",
	}),
);
