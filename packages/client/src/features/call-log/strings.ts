import { catalogue, textOf } from "@inlay/ui";

export const logTexts = catalogue("callLog", {
	title: "Log",
	empty: "No interaction log yet",
	emptyText: "A log starts with your first call. Notes are saved in your CRM as you type.",
	which: "Interaction",
	subject: "Subject",
	name: "Name",
	relation: "Related to",
	none: "None",
	notes: "Notes",
	notesHint: "Saved when you pause.",
	notesHere: "Kept with the interaction, for you.",
	open: "Open in CRM",
	save: "Save",
	saved: "Saved in your CRM",
	saving: "Saving…",
	unsaved: "Not saved yet",
	failed: "Your CRM did not save this log.",
	retry: "Save again",
	unknown: "Unknown caller",
	help: "Help",
	attributes: "Details",
});

export const t = textOf(logTexts);
