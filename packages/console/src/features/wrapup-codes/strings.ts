import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("wrapupCodes", {
	title: "Wrap-up codes",
	lead: "What an interaction was about, as agents say after it. A queue offers those that its page lists.",
	search: "Find a wrap-up code",
	none: "There is no wrap-up code here.",
	add: "Add wrap-up code",
	addTitle: "Add a wrap-up code",
	all: "All wrap-up codes",
	settings: "Settings",
	name: "Name",
	nameProblem: "Enter a name, such as Resolved.",
	description: "Description",
	usedIn: "Queues that offer it",
	usedInHint: "Which codes a queue offers is chosen on the queue’s page.",
	unused: "No queue offers it yet.",
	moreQueues: "{count, plural, one {and # more queue} other {and # more queues}}",
	hiddenQueues: "{count, plural, one {# queue that you may not see} other {# queues that you may not see}}",
	losing: "These queues offer it no longer:",
	create: "Create",
	created: "“{name}” has been created.",
	saved: "“{name}” has been saved.",
	remove: "Delete wrap-up code",
	removeTitle: "Delete “{name}”?",
	removeText: "Conversations that were wrapped up with it keep it. This cannot be undone.",
	removed: "“{name}” has been deleted.",
});

export const t = textOf(texts);
