import { catalogue, textOf } from "@inlay/ui";
import { t as shared } from "../../shell/strings.ts";
import type { Holding } from "./division-form.ts";

const texts = catalogue("divisions", {
	title: "Divisions",
	lead: "Parts of the organization. A role that somebody has in one division says nothing of the others.",
	add: "Add division",
	addTitle: "Add a division",
	all: "All divisions",
	home: "Home",
	settings: "Settings",
	name: "Name",
	nameProblem: "Enter a name, such as Retail.",
	description: "Description",
	held: "What is in it",
	heldHint:
		"A division is deleted when nothing is in it. People, queues and wrap-up codes are moved on their page, other things by the API. The roles that hold in it go with it.",
	homeHint: "What is made without another choice is in the home division, which cannot be deleted.",
	empty: "Nothing",
	USER: "{count, plural, one {# person} other {# people}}",
	QUEUE: "{count, plural, one {# queue} other {# queues}}",
	WRAPUPCODE: "{count, plural, one {# wrap-up code} other {# wrap-up codes}}",
	SCRIPT: "{count, plural, one {# script} other {# scripts}}",
	other: "{count, plural, one {# other thing} other {# other things}}",
	named: "{what}: {count}",
	create: "Create",
	created: "“{name}” has been created.",
	saved: "“{name}” has been saved.",
	remove: "Delete division",
	removeTitle: "Delete “{name}”?",
	removeText: "Roles that people have in it go with it. One that holds anything is not deleted. This cannot be undone.",
	losing: "{count, plural, one {One holder of roles loses} other {# holders of roles lose}} what they have in it:",
	nobodyLoses: "Nobody has a role in it.",
	removed: "“{name}” has been deleted.",
});

export const t = textOf(texts);

/** How many of what, in words. */
export function holdingText(one: Holding): string {
	const { count } = one;
	return "area" in one ? t("named", { what: shared(one.area), count }) : t(one.type, { count });
}
