import { catalogue, textOf } from "@inlay/ui";

export const historyTexts = catalogue("callHistory", {
	leftMessage: "Left a message",
	title: "Call history",
	all: "All",
	missed: "Missed",
	which: "Which calls",
	find: "Name or number",
	empty: "No calls yet",
	emptyText: "Calls stand here once they have ended.",
	nothing: "No such call.",
	more: "Show older calls",
	failed: "The call history did not load.",
	call: "Call {name}…",
	callColleague: "Call {name}",
	sendText: "Text {name}",
	callback: "Schedule a callback for {name}",
	log: "Open the log of the call with {name}",
	rings: "{count, plural, one {rang once} other {rang # times}}",
	voicemail: "voicemail answered",
	incoming: "Incoming",
	outgoing: "Outgoing",
	unknown: "Unknown caller",
	private: "Private number",
	transferredBy: "transferred by {name}",
	forwardedTo: "forwarded to {where}",
	recordings: "Recordings of the call with {name}",
});

export const t = textOf(historyTexts);
