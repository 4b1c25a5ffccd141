import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("statuses", {
	title: "Statuses",
	lead: "What agents can say about themselves beside the statuses that every panel has.",
	emptyTitle: "No status of your own yet",
	emptyText: "Agents choose among Available, Busy, Break and the others that come with Inlay.",
	add: "Add status",
	addTitle: "Add a status",
	all: "All statuses",
	Available: "Available",
	Busy: "Busy",
	Away: "Away",
	Break: "Break",
	Meal: "Meal",
	Meeting: "Meeting",
	Training: "Training",
	Offline: "Offline",
	Idle: "Idle",
	OnQueue: "On Queue",
	inactive: "Cannot be chosen",
	up: "Move {name} up",
	down: "Move {name} down",
	moved: "“{name}” has been moved.",
	labelsIn: "{count, plural, one {In # language} other {In # languages}}",
	beneath: "Counts as",
	beneathHint: "Reports and scripts see this. It stays as it is chosen here.",
	where: "Division",
	whereHint: "Who may administer it; agents of every division can choose it.",
	everyDivision: "Every division",
	active: "Agents can choose it",
	activeHint:
		"Who has it now keeps it until they choose another. Panels that are open show a change when they are loaded again.",
	labels: "Names",
	labelsHint:
		"One is enough. Agents see the name in their language, else the English one, else the first that there is.",
	seen: "Agents see: {label}",
	labelProblem: "Enter a name in at least one language.",
	create: "Create",
	created: "“{name}” has been created.",
	saved: "“{name}” has been saved.",
	remove: "Delete status",
	removeTitle: "Delete “{name}”?",
	removeText:
		"Nobody can choose it any more. Who has it now keeps it until they choose another. This cannot be undone.",
	removed: "“{name}” has been deleted.",
});

export const t = textOf(texts);
