import { catalogue, textOf } from "@inlay/ui";

/** What screen readers say as a call changes. */
const spokenTexts = catalogue("spoken", {
	connected: "Connected",
	muted: "Your microphone is muted",
	unmuted: "Your microphone is on",
	held: "On hold",
	unheld: "No longer on hold",
});

export const t = textOf(spokenTexts);
