import { catalogue, textOf } from "@inlay/ui";

export const forwardingTexts = catalogue("callForwarding", {
	title: "Call forwarding",
	forward: "Forward calls to me",
	hint: "Calls that somebody makes to you directly. Calls of queues ring here all the same.",
	step: "Step {number}",
	myPhone: "My phone here",
	otherPhone: "Another phone",
	number: "Number",
	addNumber: "Add a number",
	addStep: "Add a step",
	removeNumber: "Remove the number {number}",
	removeStep: "Remove step {number}",
	together: "Everything in a step rings together; the next step rings when nobody has answered.",
	after: "Then",
	after_PURECLOUD: "My voicemail",
	after_LASTCALL: "The mailbox of the last number",
	after_NONE: "Nothing",
	save: "Save",
	saved: "Your calls go to {where}.",
	savedOff: "Your calls ring here.",
	goTo: "Calls go to {where}",
	off: "Off",
	readOnly: "You can see this and not change it.",
	failed: "Call forwarding did not load.",
	retry: "Load again",
	loading: "Loading call forwarding",
	"forwarding.loop": "Calls would go round: this leads back to you, or over more than three people.",
	"forwarding.target.invalid": "No calls can be forwarded to this.",
});

export const t = textOf(forwardingTexts);
