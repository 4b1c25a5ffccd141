import { catalogue, textOf } from "@inlay/ui";

export const contactTexts = catalogue("contacts", {
	contact: "Contact",
	nobody: "Not a known contact",
	find: "Find contact",
	search: "Name, number or mail address",
	none: "Nobody is found.",
	failed: "The contacts did not load.",
	link: "This is {name}",
	unlink: "This is somebody else",
	create: "New contact",
	firstName: "First name",
	lastName: "Last name",
	save: "Save contact",
	cancel: "Cancel",
	page: "Open the contact's page",
	gone: "The contact has been deleted.",
});

export const t = textOf(contactTexts);
