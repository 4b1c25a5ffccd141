import { catalogue, textOf } from "@inlay/ui";

export const interactionTexts = catalogue("interactionWindow", {
	title: "Nothing selected",
	text: "What you select in the phone panel is shown here, with room for notes.",
	unknown: "Unknown",
	number: "Number",
	queue: "Queue",
	notes: "Notes",
	state_ALERTING: "Rings",
	state_WRITTEN: "New message",
	state_CONTACTING: "Is being called",
	state_DIALING: "Is being called",
	state_CONNECTED: "Connected",
	state_HELD: "On hold",
	state_DISCONNECTED: "Ended",
	waiting: "The phone panel is loading. What you wrote is still there.",
	away: "Sign in again in the phone panel to go on here.",
	windowTitle: "{name} – Inlay",
	open: "Open in window",
	show: "Show window",
	isThere: "Open in the window",
	bringBack: "Bring back",
	inPopup: "The work is open in a window of its own.",
	inPanel: "The work is open in the phone panel.",
	showHere: "Show it here",
	interactions: "Interactions",
	pin: "Stay with this",
	pinHint: "The window stays with this interaction, whatever you select in the phone panel.",
	loading: "Loading",
	failed: "This could not be loaded.",
	again: "Try again",
	blocked:
		"Your browser has blocked the window. Allow pop-ups for this page, in the address bar or in the browser’s settings, and press the button again. Your work is still here.",
});

export const t = textOf(interactionTexts);
