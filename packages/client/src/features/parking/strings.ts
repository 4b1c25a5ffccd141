import { catalogue, textOf } from "@inlay/ui";

export const parkingTexts = catalogue("parking", {
	title: "Parking",
	park: "Park…",
	howLong: "Park for how long?",
	hour: "For an hour",
	hours: "For four hours",
	tomorrow: "Until tomorrow morning",
	days: "For three days",
	cancel: "Keep it here",
	until: "Parked until {time}, or until the customer writes.",
	resume: "Take up again",
});

export const t = textOf(parkingTexts);
