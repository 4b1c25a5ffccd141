import { catalogue, textOf } from "@inlay/ui";

export const statusTexts = catalogue(
	{
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
	},
	{
		status: "Status: {status}",
		prefix: "Status",
		unknown: "Kein Status",
		NOT_RESPONDING: "Reagiert nicht",
		AVAILABLE: "Verfügbar",
		AWAY: "Abwesend",
		BREAK: "Pause",
		BUSY: "Beschäftigt",
		IDLE: "Inaktiv",
		MEAL: "Essenspause",
		MEETING: "Besprechung",
		OFFLINE: "Offline",
		ON_QUEUE: "In Warteschlange",
		OUT_OF_OFFICE: "Außer Haus",
		TRAINING: "Schulung",
		since: "seit {time}",
	},
);

export const t = textOf(statusTexts);
