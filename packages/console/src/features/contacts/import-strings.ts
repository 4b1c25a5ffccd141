import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("contactImport", {
	import: "Import",
	title: "Import contacts",
	lead: "From a CSV file. It is looked through first; then all of its rows are taken, or none.",
	columns: "Its first row names the columns, of which any may be missing: {columns}.",
	limit: "It has {most} rows at most.",
	findsNobody:
		"No column has a number or mail address, so nobody who is there already is found: each row makes a new contact.",
	file: "CSV file",
	template: "Save an empty file",
	existing: "Who is there already, by a number or mail address",
	skip: "Is passed over",
	complete: "Is given what they lack",
	add: "Is added once more",
	noRows: "The file has no rows.",
	tooManyRows: "The file has more than {most} rows. Split it.",
	unknownColumns: "These columns are not read: {columns}.",
	fine: "Nothing is wrong. New: {created}, completed: {completed}, passed over: {skipped}.",
	faulty:
		"{count, plural, one {# fault was found. Nobody has been imported.} other {# faults were found. Nobody has been imported.}}",
	row: "Row {row}, {column}: {message}",
	importNow: "Import",
	done: "Imported. New: {created}, completed: {completed}, passed over: {skipped}.",
	coming: "{taken} of {total} rows are taken. It goes on when you leave this page.",
	ended: "{taken} of {total} rows were taken; then it ended: {error}",
	merge: "Make one with another contact",
	mergeHint:
		"What this contact has, and the chosen one lacks, goes there with all notes; what both have otherwise becomes a note. This one is gone then, and past conversations lead to the other.",
	mergeInto: "The contact that stays",
	mergeSearch: "Name, number or mail address",
	mergeNone: "Nobody chosen",
	mergeNow: "Make them one",
	mergeTitle: "Make {name} one with {other}?",
	mergeText: "This cannot be taken back.",
	merged: "{name} is one contact now.",
});

export const t = textOf(texts);
