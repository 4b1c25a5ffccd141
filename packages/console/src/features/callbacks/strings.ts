import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("calling", {
	title: "Callbacks and call history",
	lead: "When customers are called back, and how far agents' call history goes.",
	window: "Calling hours",
	windowHint: "By the clocks of where the customer is. Agents are told when they choose another time.",
	windowStart: "From",
	windowEnd: "To",
	windowEnforced: "No callback is agreed upon for another time",
	history: "Call history",
	historyDays: "Goes back, days",
	startProblem: "Give a time.",
	endProblem: "Give a time after the first one.",
	daysProblem: "Give 1 to 365 days.",
	saved: "What holds for callbacks and call history is saved.",
});

export const t = textOf(texts);
