import { catalogue, textOf } from "@inlay/ui";

/** How calls end: apart from what the sign-in waits for. */
export const outcomeTexts = catalogue("outcomes", {
	outcome_busy: "{name} is busy.",
	outcome_noAnswer: "{name} did not answer.",
	outcome_refused: "{name} declined the call.",
	outcome_unknownNumber: "There is no such number: {name}.",
	outcome_unreachable: "{name} could not be reached.",
	outcome_interrupted: "The connection to {name} broke off.",
	outcome_leftPage: "{name} closed their page.",
	outcome_otherHungUp: "{name} has hung up.",
	outcome_ended: "The call with {name} was ended.",
	outcome_missed: "You missed the call of {name}.",
	outcome_declined: "You declined the call of {name}.",
	outcome_abandoned: "{name} hung up before you answered.",
	outcome_forwarded: "The call of {name} went where your calls are forwarded.",
	outcome_withdrawn: "Your colleague no longer asks you about {name}.",
	ended_busy: "Busy",
	ended_noAnswer: "No answer",
	ended_refused: "Declined by them",
	ended_unknownNumber: "No such number",
	ended_unreachable: "Not reached",
	ended_interrupted: "Broke off",
	ended_leftPage: "They closed their page",
	ended_otherHungUp: "They hung up",
	ended_ended: "Ended",
	ended_missed: "Missed",
	ended_declined: "Declined",
	ended_abandoned: "Caller gave up",
	ended_forwarded: "Forwarded",
	ended_withdrawn: "Question withdrawn",
	ended_hungUp: "You hung up",
	ended_cancelled: "Cancelled",
	ended_transferred: "Transferred",
});

export const t = textOf(outcomeTexts);
