import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("forwarding", {
	title: "Call forwarding",
	lead: "What your people may do with calls that are made to them directly. Calls of queues are never forwarded.",
	limits: "Limits",
	externalAllowed: "Calls may be forwarded to numbers outside",
	ringSeconds: "Each step rings, seconds",
	ringProblem: "Give 5 to 120 seconds.",
	confirm: "Whoever answers at a number is asked to press 1, so that no mailbox takes the call",
	blockedPrefixes: "Numbers to which nothing is forwarded",
	blockedHint: "Beginnings with the country code, one a line, such as +1900. Emergency numbers are never forwarded to.",
	blockedProblem: "Each line must be a plus sign and digits.",
	saved: "What holds for call forwarding is saved.",
});

export const t = textOf(texts);
