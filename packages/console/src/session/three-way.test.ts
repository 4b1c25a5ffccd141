import { expect, it } from "vitest";
import { changedFields, conflicts, merge, mergeByKey, settle } from "./three-way.ts";

it("a field whose value is an object could not be saved: a change of it went unnoticed", () => {
	expect(changedFields({ of: { id: "a" } }, { of: { id: "b" } })).toEqual(["of"]);
	expect(changedFields({ of: { id: "a", name: "A" } }, { of: { name: "A", id: "a" } })).toEqual([]);
	expect(changedFields({ of: [{ id: "a" }] }, { of: [{ id: "b" }] })).toEqual(["of"]);
});

it("what both changed under other keys of one field fits together; under the same one it is asked about", () => {
	const mergers = { texts: mergeByKey<string> };
	const base = { texts: { a: "1", b: "1" } as Record<string, string> };
	const mine = { texts: { a: "2", b: "1", c: "mine" } as Record<string, string> };
	const fitting = { texts: { a: "1" } as Record<string, string> };
	expect(conflicts(base, mine, fitting, mergers)).toEqual([]);
	expect(merge(base, mine, fitting, mergers)).toEqual({ texts: { a: "2", c: "mine" } });
	const theirs = { texts: { a: "3", b: "1", d: "theirs" } as Record<string, string> };
	expect(conflicts(base, mine, theirs, mergers)).toEqual(["texts"]);
	const settled = settle({ base, mine, theirs }, ["texts"], "theirs", mergers);
	expect(settled).toEqual({ texts: { a: "3", b: "1", c: "mine", d: "theirs" } });
});
