import { catalogue, textOf } from "@inlay/ui";

/** Of texts: apart from what the navigation needs at once. */
export const smsTexts = catalogue("newText", {
	call: "Call",
	way: "How to begin",
	email: "Email",
	emailTo: "Email address",
	emailSubject: "Subject",
	emailNone: "None of your queues has an address for emails.",
	emailFailed: "Your queues for emails did not load.",
	sms: "SMS",
	smsTo: "Mobile number",
	smsQueue: "On behalf of",
	smsFrom: "By the number",
	smsChoose: "Choose a queue…",
	smsCompose: "Compose",
	smsNone: "None of your queues has a number for texts.",
	smsFailed: "Your queues for texts did not load.",
	smsGoOn: "Continue the conversation from {date}?",
	smsYes: "Continue",
	smsNo: "Not now",
});

export const t = textOf(smsTexts);
