import { expect, test } from "vitest";
import { readFilters } from "./queries.ts";

const filter = (name: string, operator: string, ...values: string[]) => ({ name, operator, values });

test.each<[ReturnType<typeof filter>, object]>([
	[filter("libraryId", "EQUALS", "a"), { libraryIds: ["a"] }],
	[filter("libraryId", "IN", "a", "b"), { libraryIds: ["a", "b"] }],
	[filter("libraryId", "NOTEQUALS", "a"), { notInLibraryIds: ["a"] }],
	[filter("name", "EQUALS", "x"), { name: { how: "equals", values: ["x"] } }],
	[filter("name", "IN", "x", "y"), { name: { how: "equals", values: ["x", "y"] } }],
	[filter("name", "BEGINS_WITH", "x"), { name: { how: "begins", values: ["x"] } }],
	[filter("name", "ENDS_WITH", "x"), { name: { how: "ends", values: ["x"] } }],
	[filter("name", "CONTAINS", "x"), { name: { how: "contains", values: ["x"] } }],
	[filter("responseType", "EQUALS", "Footer"), { isSignature: true }],
	[filter("responseType", "IN", "Footer"), { isSignature: true }],
	[filter("responseType", "NOTEQUALS", "Footer"), { isSignature: false }],
])("a filter is read as what it says: %j", (asked, read) => {
	expect(readFilters({ filters: [asked] })).toEqual({ search: undefined, ...read });
});

test.each([
	filter("libraryId", "CONTAINS", "a"),
	filter("libraryId", "equals", "a"),
	filter("name", "NOTEQUALS", "x"),
	filter("name", "constructor", "x"),
	filter("responseType", "EQUALS", "MessagingTemplate"),
	filter("responseType", "IN", "Footer", "MessagingTemplate"),
	filter("responseType", "CONTAINS", "Footer"),
	filter("shortcut", "EQUALS", "ret"),
])("a filter that is not there was taken for another one: %j", (asked) => {
	expect(() => readFilters({ queryPhrase: "x", filters: [asked] })).toThrow(
		expect.objectContaining({ code: "not.supported" }),
	);
});

test("filters join each other and the phrase; one that stands twice would lose its first words", () => {
	const both = [filter("libraryId", "EQUALS", "a"), filter("name", "CONTAINS", "x")];
	expect(readFilters({ queryPhrase: "hello", filters: both })).toEqual({
		...{ search: "hello", libraryIds: ["a"], name: { how: "contains", values: ["x"] } },
	});
	const twice = [filter("libraryId", "EQUALS", "a"), filter("libraryId", "NOTEQUALS", "b")];
	expect(() => readFilters({ filters: twice })).toThrow(/libraryId once/);
});
