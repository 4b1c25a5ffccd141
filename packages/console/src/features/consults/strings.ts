import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("calls", {
	title: "Consults and conferences",
	lead: "What holds for every call in which somebody is asked, or more than two talk.",
	consults: "Asking a colleague",
	consultRingSeconds: "People and numbers ring, seconds",
	unattendedRingSeconds: "They ring on after the agent has hung up, seconds; then the customer comes back",
	recordConsult: "What is said without the customer is recorded as well, as a recording of its own",
	conferences: "Conferences",
	maxParties: "Parties that one call may have",
	bridgesAllowed: "The last agent may leave the others connected to each other",
	between: "Give {least} to {most}.",
	saved: "What holds for consults and conferences is saved.",
});

export const t = textOf(texts);
