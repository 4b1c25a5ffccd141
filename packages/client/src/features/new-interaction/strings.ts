import { catalogue, textOf } from "@inlay/ui";

export const dialTexts = catalogue("newInteraction", {
	title: "Dial",
	number: "Number or name",
	numberOnly: "Number",
	call: "Call",
	onBehalf: "On behalf of",
	myself: "Myself",
	noPhone: "You have no phone selected. Choose one in Settings before you call.",
	openSettings: "Open settings",
	backspace: "Delete last digit",
	calls: "Calls {number}.",
	several: "Several numbers stand here. Choose the one to call.",
	callNumber: "Call {number}",
	problem_empty: "Enter a number to call.",
	problem_noNumber: "There is no phone number in this text.",
	problem_mixed: "More digits stand here than those of one number. Leave only what is to be called.",
	problem_tooShort: "This number is too short.",
	problem_tooLong: "This number is too long, or several stand together.",
	problem_unknownCountry: "No country has such a number. Check it, and its country code.",
	problem_several: "Several numbers stand here. Choose one below.",
	attributes: "Goes along with the call: {names}",
});

export const t = textOf(dialTexts);
