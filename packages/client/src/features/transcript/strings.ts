import { catalogue, textOf } from "@inlay/ui";

export const transcriptTexts = catalogue("transcript", {
	title: "Live transcript",
	you: "You",
	colleague: "Colleague",
	either: "You or a colleague",
	customer: "Customer",
	paused: "Not transcribed just now",
	empty: "What is said appears here.",
});

export const t = textOf(transcriptTexts);
