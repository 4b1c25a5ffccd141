import { catalogue, textOf } from "@inlay/ui";

/** Whom a call can go to: apart from what the sign-in waits for. */
const targetTexts = catalogue("targets", {
	found: "Found",
	forwards: "Calls are forwarded",
	presence_AVAILABLE: "Available",
	presence_ON_QUEUE: "On queue",
	presence_BUSY: "Busy",
	presence_AWAY: "Away",
	presence_BREAK: "On a break",
	presence_MEAL: "At a meal",
	presence_MEETING: "In a meeting",
	presence_TRAINING: "In a training",
	presence_OFFLINE: "Offline",
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
