import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("numbers", {
	title: "Numbers",
	lead: "The numbers that people call, and where each leads.",
	add: "Add number",
	addTitle: "Add a number",
	all: "All numbers",
	emptyTitle: "No number yet",
	emptyText: "Add one, so that pages can call you.",
	number: "Number",
	numberProblem: "Enter a phone number, such as +31 20 123 45 67.",
	queue: "Queue",
	target: "Calls go to",
	queueId: "A queue",
	userId: "A person",
	groupId: "A group",
	choose: "Choose one",
	search: "Find by name",
	queueHint: "Holds for calls from now on; those that have come stay where they are.",
	chooseQueue: "Choose a queue",
	origins: "Pages that may call it",
	originsHint: "Addresses, one a line. Web calls are placed from these pages alone.",
	originsProblem: "Enter addresses such as https://shop.example, without a path.",
	create: "Create",
	created: "{name} is in service.",
	saved: "{name} has been saved.",
	remove: "Delete number",
	removeTitle: "Delete {name}?",
	removeText: "Calls to it find nobody from then on. Calls that came by it go on.",
	removed: "{name} is out of service.",
});

export const t = textOf(texts);
