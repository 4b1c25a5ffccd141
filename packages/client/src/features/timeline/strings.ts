import { catalogue, textOf } from "@inlay/ui";

export const timelineTexts = catalogue("timeline", {
	title: "Earlier contact",
	earlier: "Earlier contact: {count}",
	show: "Show",
	none: "Nothing was there before this.",
	loading: "Earlier contact is loading",
	failed: "Earlier contact did not load.",
	call: "Call",
	callback: "Callback",
	email: "Email",
	message: "Messages",
	webchat: "Chat",
	incoming: "incoming",
	outgoing: "outgoing",
	goesOn: "goes on",
	notTaken: "not taken",
});

export const t = textOf(timelineTexts);
