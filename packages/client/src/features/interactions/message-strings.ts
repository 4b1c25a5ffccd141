import { catalogue, textOf } from "@inlay/ui";

/** Of messages: apart from what the navigation needs at once. */
export const messageCardTexts = catalogue("messageCard", {
	messageWaits: "New message",
	emailWaits: "New email",
	unseen: "New",
	writing: "In conversation",
	parked: "Parked",
	address: "Address",
	transferMessages: "Transfer this conversation",
	transferMessagesHint: "The conversation leaves you as soon as you confirm.",
	transferWho: "Name or queue",
	transferNoNumber: "What is in writing goes to a colleague or a queue, not to a number.",
});

export const t = textOf(messageCardTexts);
