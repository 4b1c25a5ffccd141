import { catalogue, textOf } from "@inlay/ui";

/** What alerts: apart from what the sign-in waits for. */
const alertTexts = catalogue("alerts", {
	incomingCall: "Incoming call",
	incomingFrom: "Incoming call from {name}",
	callbackDue: "Callback due",
	callbackFor: "Callback due: {name} is to be called",
	messageWaits: "New message",
	emailWaits: "New email",
	messageFrom: "New message from {name}",
	emailFrom: "New email from {name}",
	accept: "Accept",
	decline: "Decline",
	secondCall: "A second call. Answering puts your call on hold.",
});

export const t = textOf(alertTexts);
