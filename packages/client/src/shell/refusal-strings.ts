import { catalogue, textOf } from "@inlay/ui";

/** What the server's refusals mean for the agent. */
export const refusalTexts = catalogue("refusals", {
	changed: "That is not possible any more: the interaction has changed meanwhile.",
	notYours: "That is not there any more, or is not yours.",
	self: "That is you: choose somebody else.",
	beingCalled: "{name} is being called by somebody else just now.",
	consultGoesOn: "Somebody is being consulted in this call already. Complete or cancel that first.",
	afterCallWork: "Your status can be changed when the time for after-call work is over.",
	full: "A call may have at most {limit} parties.",
	claimed: "{name} takes this message already.",
	noConsent: "Not recorded: not everybody in this call has agreed to it.",
	conflict: "Something else was changed at the same moment. Look at it, then try again.",
	storageFull: "The server has no room for more. Tell whoever runs it.",
	tooMany: "That was too much at once. Wait a moment, then try again.",
	trouble: "The server could not do it just now. Try again in a moment.",
	unknown: "Nobody knows whether that was done. Look before you do it again.",
	notOffered: "This server does not offer that.",
	input: "The server did not accept that. Check what you have entered.",
	optedOut: "{number} wanted no more messages from you on {date}. They can take that back by writing START.",
	writingWith: "{name} is writing with this customer already.",
	writingElsewhere: "This customer waits in a queue, or a colleague is writing with them already.",
	canGoOn: "There is a conversation with this customer from {date}.",
	messageTooLong: "The message is too long. Shorten it.",
	fileOfAnotherKind: "Files of this kind are not taken: send a picture (PNG, JPEG, GIF, WebP), a PDF or a text.",
	fileTooLarge: "The file is too large: it may have 25 MB.",
	filesOff: "No files are sent by this channel.",
	emailStale: "This draft was changed elsewhere meanwhile.",
	emailSize: "The files of an email may have 10 MB together.",
	emailRecipient: "One of the recipients is no email address.",
	emailNoAddress: "This queue has no address from which emails are sent.",
	emailNotFailed: "This email has been sent, or is being sent.",
	attachmentType: "Files that could run are not sent.",
	addressGone: "The address by which the customer wrote is out of service: they cannot be written to any more.",
	file: "The link to this file has run out, or the file is gone. Open it again.",
});

export const t = textOf(refusalTexts);
