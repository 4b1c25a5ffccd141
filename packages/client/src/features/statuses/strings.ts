import { catalogue, textOf } from "@inlay/ui";

export const statusTexts = catalogue("statuses", {
	status: "Status: {status}",
	prefix: "Status",
	unknown: "No status",
	NOT_RESPONDING: "Not responding",
	AVAILABLE: "Available",
	AWAY: "Away",
	BREAK: "Break",
	BUSY: "Busy",
	IDLE: "Idle",
	MEAL: "Meal",
	MEETING: "Meeting",
	OFFLINE: "Offline",
	ON_QUEUE: "On Queue",
	OUT_OF_OFFICE: "Out of office",
	TRAINING: "Training",
	since: "for {time}",
	lostQueue: "You may no longer be {queue}. Your status becomes {status}; what you have in hand goes on.",
	next: "then: {status}",
});

export const t = textOf(statusTexts);
