import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("voicemail", {
	title: "Voicemail",
	lead: "When calls that are made to somebody directly go to their mailbox, and what mailboxes hold. Who lacks the permission for voicemail has none.",
	rules: "For every mailbox",
	enabled: "Mailboxes answer calls",
	alertSeconds: "A phone rings before the mailbox answers, seconds",
	alertProblem: "Give 5 to 60 seconds.",
	longestSeconds: "The longest message, seconds",
	longestProblem: "Give 2 to 180 seconds.",
	mostMessages: "Messages that one mailbox holds",
	mostProblem: "Give 1 to 1,000 messages.",
	retentionDays: "Messages are deleted after days",
	retentionHint: "Empty: never.",
	retentionProblem: "Give 1 to 3,650 days, or nothing.",
	presences: "Statuses with which calls go to the mailbox at once",
	presencesHint: "Names of system statuses, separated by commas, such as Busy, Meal, Offline.",
	saved: "What holds for voicemail is saved.",
});

export const t = textOf(texts);
