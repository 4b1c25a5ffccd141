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
});

export const t = textOf(interactionTexts);
