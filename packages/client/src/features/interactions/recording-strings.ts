import { catalogue, textOf } from "@inlay/ui";

export const recordingTexts = catalogue("recording", {
	notRecording: "Not recording",
	asked: "{name} is asked whether they may be recorded, and hears nobody until they answer.",
	refused: "Not recorded: {name} does not want to be.",
	given: "{name} may be recorded.",
	somebody: "The other side",
});

export const t = textOf(recordingTexts);
