import { catalogue, textOf } from "@inlay/ui";

/** Whom a call can go to: apart from what the sign-in waits for. */
const targetTexts = catalogue("targets", {
	searching: "Searching…",
	nothingFound: "Nobody and nothing by that name.",
	searchFailed: "The search got no answer.",
	leftOut: "Colleagues who are offline or whose phone is not connected are left out.",
	aQueue: "Queue",
	queueState: "Waiting: {waiting}, free: {free}",
	wait: "wait of about {minutes} min",
	aColleague: "Colleague",
	inACall: "In a call",
});

export const t = textOf(targetTexts);
