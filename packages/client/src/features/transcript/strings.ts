import { catalogue, textOf } from "@inlay/ui";

export const transcriptTexts = catalogue("transcript", {
	title: "Live transcript",
	you: "You",
	customer: "Customer",
	paused: "Not transcribed just now",
	empty: "What is said appears here.",
});

export const t = textOf(transcriptTexts);
