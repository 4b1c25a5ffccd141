import { catalogue, textOf } from "@inlay/ui";

export const responseTexts = catalogue("canned-responses", {
	responses: "Responses",
	search: "Search responses",
	none: "No response is found.",
	empty: "There are no responses for this queue yet.",
	failed: "The responses did not load.",
	preview: "Preview",
	fill: "Still to fill in",
	ask: "{names} is still to be filled in. Send it so?",
	sendSo: "Send it so",
	back: "Go back",
	close: "Close responses",
	files: "Files that go along",
	drop: "Take out {name}",
	gone: "No longer available, so taken out: {names}",
	left: "Not sent by this channel: {names}",
});

export const t = textOf(responseTexts);
