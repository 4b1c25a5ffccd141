import { catalogue, textOf } from "@inlay/ui";

export const messageTexts = catalogue("messages", {
	thread: "Messages",
	older: "Older messages",
	loading: "The messages are loading",
	failed: "The messages did not load.",
	retry: "Load again",
	empty: "Nothing has been written yet.",
	them: "Customer",
	you: "You",
	colleague: "Colleague",
	automatic: "Automatic",
	status_queued: "Waiting to be sent",
	status_sent: "Sent",
	status_delivered: "Delivered",
	status_read: "Read",
	status_failed: "Not delivered",
	failedWhy: "Not delivered: {reason}",
	again: "Send again",
	write: "Your message",
	hint: "Enter sends, Shift+Enter begins a new line.",
	send: "Send",
	count: "{units}/{room} · {segments} SMS",
	beyond: "“{character}” makes texts shorter: one holds 70 characters instead of 160.",
	plain: "Replace typographic characters",
	tooLong: "A message may be at most {most} SMS. Shorten it.",
});

export const t = textOf(messageTexts);
