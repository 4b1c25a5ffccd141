import { catalogue, textOf } from "@inlay/ui";

export const scriptTexts = catalogue("script", {
	title: "Script: {name}",
	failed: "The script did not load. The interaction goes on without it.",
	notSaved: "What you entered is not saved yet. It is tried again.",
	refused: "“{name}” was not done: {reason}",
	step: "The script",
	close: "OK",
	missing: "nothing known",
	page: "Page {at} of {all}: {name}",
	choose: "Choose …",
	noAttributes: "Nothing is known yet.",
	webPage: "Page of {host}",
	unsafe: "This page cannot be shown: its address is none that the script may open.",
	mayNot: "You may not do this. Ask for the permission {permission}.",
	notNow: "This is not possible now.",
	unfit: "“{name}” does not take this value.",
	endless: "The script goes round in circles and was stopped. Tell whoever wrote it.",
	badNumber: "“{text}” is no number that can be called.",
	badTime: "“{text}” is no time.",
	badAddress: "The script wants to open an address that is not safe.",
	callbackMade: "A callback was scheduled.",
	noResponse: "This response is not offered in this conversation.",
	noAnswer: "There is no answer open in which the response could stand.",
	serviceFailed: "Another system did not answer as it should. Try again, or go on without it.",
	serviceRefused: "Another system may not be asked. Tell whoever looks after your scripts.",
	saveContact: "Save contact",
	contactSaved: "The contact is saved.",
	noCampaign: "This interaction is of no campaign: there is no contact to be changed.",
	dncAdded: "The number is not called any more.",
});

export const t = textOf(scriptTexts);
