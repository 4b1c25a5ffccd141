import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("roles", {
	roles: "Roles",
	lead: "A role is a list of permissions. People, groups and programs hold roles, each in one division or in all.",
	add: "Add role",
	addTitle: "Add a role",
	all: "All roles",
	emptyTitle: "No role yet",
	bundled: "Comes with Inlay",
	bundledText: "This role comes with Inlay. It can be changed, but not deleted.",
	heldBy: "{count, plural, one {# person holds it} other {# people hold it}}",
	details: "What it allows",
	name: "Name",
	nameProblem: "Enter a name of 1 to 200 characters.",
	description: "Description",
	permissions: "Permissions",
	searchPermissions: "Search permissions",
	noPermission: "No permission matches “{text}”.",
	patternsHint: "Each of these stands for many permissions, and for those that a later version of Inlay adds.",
	domain: "{domain} ({held} of {all})",
	coveredBy: "(by {pattern})",
	notYours: "(you do not hold it)",
	create: "Create",
	created: "“{name}” has been created.",
	saved: "“{name}” has been saved.",
	changeTitle: "Change what “{name}” allows?",
	changeText:
		"{count, plural, one {# person holds} other {# people hold}} this role; it changes for all of them at once.",
	takes: "They can no longer use:",
	gives: "They can use as well:",
	heldByAll:
		"{count, plural, one {One holds it: a person, a group or a program} other {# hold it: people, groups and programs}}",
	holders: "Who holds it",
	noHolder: "Nobody holds it where you may see who holds what.",
	PC_USER: "Person",
	PC_GROUP: "Group",
	PC_OAUTH_CLIENT: "Program",
	remove: "Delete role",
	removeTitle: "Delete “{name}”?",
	removeText:
		"{count, plural, one {# person loses} other {# people lose}} what it allows, and so do groups and programs that hold it. This cannot be undone.",
	removed: "“{name}” has been deleted.",
});

export const t = textOf(texts);
