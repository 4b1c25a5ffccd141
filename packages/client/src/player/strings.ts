import { catalogue, textOf } from "@inlay/ui";

export const playerTexts = catalogue("player", {
	loading: "Loading the recordings…",
	none: "There is no recording of this call that you may hear.",
	failed: "The recordings did not load.",
	retry: "Load again",
	preparing: "The recording is being prepared.",
	broken: "Recording failed: there is nothing to hear.",
	own: "Your recording",
	policy: "Recording by the organization",
	play: "Play",
	pause: "Pause",
	back: "10 seconds back",
	ahead: "10 seconds ahead",
	place: "Place in the recording",
	speed: "Speed",
	channel: "Who is heard",
	both: "Everybody",
	left: "Customer",
	right: "Agents",
	pauseMark: "Not recorded from {from} to {to}",
	holdMark: "On hold from {from} to {to}",
	gapMark: "Missing from {from} to {to}",
	unplayable: "The recording could not be played.",
});

export const t = textOf(playerTexts);
