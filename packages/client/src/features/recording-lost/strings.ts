import { catalogue, textOf } from "@inlay/ui";

export const recordingLostTexts = catalogue("recordingLost", {
	lost: "This call is not recorded any more: the recording could not be written. Your administrator is told.",
});

export const t = textOf(recordingLostTexts);
