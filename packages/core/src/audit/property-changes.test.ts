import { expect, test } from "vitest";
import { unshown } from "./model.ts";
import { propertyChanges, textOf } from "./property-changes.ts";

const all = { isOmitted: () => false };

test("what differs is told by its path, and nothing else", () => {
	const was = { name: "Sales", settings: { call: { seconds: 20 }, skills: ["a"] }, version: 1 };
	const now = { name: "Sales", settings: { call: { seconds: 30 }, skills: ["a", "b"] }, version: 2 };
	const reading = { flat: ["settings"], isOmitted: (column: string) => column === "version" };
	expect(propertyChanges(was, now, reading)).toEqual([
		{ property: "call.seconds", oldValues: ["20"], newValues: ["30"] },
		{ property: "skills", oldValues: ["a"], newValues: ["a", "b"] },
	]);
});

test("of a thing that was made there are new values only, of one that has gone old ones; nothing is no value", () => {
	const row = { display_name: "x", note: null };
	expect(propertyChanges(undefined, row, all)).toEqual([{ property: "displayName", oldValues: [], newValues: ["x"] }]);
	expect(propertyChanges(row, undefined, all)).toEqual([{ property: "displayName", oldValues: ["x"], newValues: [] }]);
});

test("of secrets it is told that they changed, never what they were or are", () => {
	const was = { hash: "SECRET-1", smtp: { host: "a", password: "SECRET-2" }, list: [{ token: "SECRET-3", n: 1 }] };
	const now = { hash: "SECRET-4", smtp: { host: "a", password: "SECRET-5" }, list: [{ token: "SECRET-6", n: 1 }] };
	const changes = propertyChanges(was, now, { secret: ["hash"], ...all });
	expect(changes.map(({ property }) => property)).toEqual(["hash", "list", "smtp.password"]);
	expect(changes[0]).toEqual({ property: "hash", oldValues: [unshown], newValues: [unshown] });
	expect(JSON.stringify(changes)).not.toContain("SECRET");
	expect(textOf("smtp://me:SECRET@host")).toBe(`smtp://me:${unshown}@host`);
	expect(textOf("https://h.example/in?token=SECRET&sig=SECRET")).toBe(
		`https://h.example/in?token=${unshown}&sig=${unshown}`,
	);
	const more = propertyChanges({}, { tokens: ["SECRET-7"], pin: 1234, list: [{ passwords: ["SECRET-8"] }] }, all);
	expect(JSON.stringify(more)).not.toMatch(/SECRET|1234/);
});

test("a number with such a name is no secret", () => {
	const [change] = propertyChanges({ tokenSeconds: 60 }, { tokenSeconds: 90 }, all);
	expect(change).toEqual({ property: "tokenSeconds", oldValues: ["60"], newValues: ["90"] });
});

test("long texts and lists are cut, and say so", () => {
	const [text, list] = propertyChanges(undefined, { a: "x".repeat(5_000), b: Array(1_200).fill("y") }, all);
	expect(text?.newValues[0]).toMatch(/^x{1000}… \(5000, [0-9a-f]{12}\)$/);
	expect(list?.newValues).toHaveLength(1_001);
	expect(list?.newValues.at(-1)).toBe("… +200");
});
