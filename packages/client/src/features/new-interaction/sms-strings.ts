import { catalogue, textOf } from "@inlay/ui";

/** Of texts: apart from what the navigation needs at once. */
export const smsTexts = catalogue("newText", {
	call: "Call",
	medium: "Call or text",
	sms: "SMS",
	smsTo: "Mobile number",
	smsQueue: "On behalf of",
	smsChoose: "Choose a queue…",
	smsCompose: "Compose",
	smsNone: "None of your queues has a number for texts.",
	smsFailed: "Your queues for texts did not load.",
	smsRetry: "Load again",
	smsGoOn: "Continue the conversation from {date}?",
	smsYes: "Continue",
	smsNo: "Not now",
});

export const t = textOf(smsTexts);
