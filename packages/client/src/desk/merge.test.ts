import { describe, expect, it } from "vitest";
import type { KeptLog } from "../framework/call-log/store.ts";
import { mergeLogs } from "./merge-log.ts";
import { mergeText } from "./merge-text.ts";

describe("notes typed in two tabs", () => {
	it.each([
		["one of them changed nothing", "a b", "a b", "a b c", "a b c", false],
		["both changed the same", "a", "ab", "ab", "ab", false],
		["at the beginning and at the end", "calls", "Ada calls", "calls back", "Ada calls back", false],
		["one line each", "one\ntwo\n", "ONE\ntwo\n", "one\nTWO\n", "ONE\nTWO\n", false],
		["both at the end", "Ada. ", "Ada. Wants tea", "Ada. Is angry", "Ada. Is angry\nWants tea", true],
		["both from nothing", "", "mine", "theirs", "theirs\nmine", true],
		["one went on from the other", "", "Wants", "Wants tea", "Wants tea", false],
		["one deleted what the other wrote in", "Ada is angry", "Ada", "Ada is very angry", "Ada is very angry", true],
		["characters of two units", "👍", "👎", "👍👍", "👎👍", false],
	])("overwrote each other in silence: %s", (_case, base, mine, theirs, value, clash) => {
		expect(mergeText(base, mine, theirs)).toEqual({ value, clash });
	});

	it("whatever is typed, every word of both stands in what comes of it", () => {
		const words = ["tea", "milk", "no ", "\n", "ä", "👍"];
		let seed = 7;
		const random = (below: number) => {
			seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
			return seed % below;
		};
		for (let round = 0; round < 2_000; round++) {
			const base = Array.from({ length: random(4) }, () => words[random(6)]).join(" ");
			const at = (mark: string) => {
				const where = random(base.length + 1);
				return `${base.slice(0, where)}${mark}${base.slice(where)}`;
			};
			const { value } = mergeText(base, at("MINE"), at("THEIRS"));
			expect(value, base).toContain("MINE");
			expect(value, base).toContain("THEIRS");
		}
	});
});

const log = (more: Partial<KeptLog> = {}): KeptLog => ({
	attributes: {},
	contacts: [],
	relations: [],
	revision: 1,
	savedRevision: 1,
	...more,
});
const ada = { id: 1, text: "Ada", type: "contact" } as const;
const bea = { id: "2", text: "Bea", type: "contact" } as const;

describe("a log that was changed in two panels", () => {
	it("a second tab made a second log with id null: the id that is known stays", () => {
		const merged = mergeLogs(log(), log({ notes: "x", revision: 2 }), log({ id: "crm-1" }));
		expect(merged).toMatchObject({ value: { id: "crm-1", notes: "x", revision: 2, savedRevision: 1 }, clash: false });
	});

	it("what neither of them had is unsaved, though one of them has saved its own", () => {
		const { value } = mergeLogs(
			log({ notes: "Ada", revision: 5, savedRevision: 5 }),
			log({ notes: "Ada calls", revision: 6, savedRevision: 6 }),
			log({ notes: "Hi Ada", revision: 6, savedRevision: 5 }),
		);
		expect(value).toMatchObject({ notes: "Hi Ada calls", revision: 7, savedRevision: 6 });
	});

	it("a log that this CRM is to get counted as saved where another panel had not adopted it yet", () => {
		const adopted = log({ notes: "a", revision: 3, savedRevision: 0, foreign: false });
		const others = log({ notes: "a", revision: 3, savedRevision: 3, foreign: true });
		for (const [mine, theirs] of [
			[adopted, others],
			[others, adopted],
		] as const)
			expect(mergeLogs(others, mine, theirs).value).toMatchObject({ foreign: false, savedRevision: 0, revision: 3 });
		expect(mergeLogs(others, others, others).value).toMatchObject({ foreign: true, savedRevision: 3 });
	});

	it("the progress of saving alone is no edit", () => {
		const mine = log({ notes: "a", revision: 2 });
		const { value } = mergeLogs(mine, mine, log({ notes: "a", revision: 2, savedRevision: 2, id: 4 }));
		expect(value).toMatchObject({ revision: 2, savedRevision: 2, id: 4 });
	});

	it("unites associations and attributes, and tells of two different choices", () => {
		const merged = mergeLogs(
			log(),
			log({ contacts: [ada], selectedContact: ada, attributes: { a: "1" }, revision: 2 }),
			log({ contacts: [bea], selectedContact: bea, attributes: { b: "2" }, revision: 2 }),
		);
		expect(merged.value).toMatchObject({ contacts: [bea, ada], attributes: { a: "1", b: "2" }, selectedContact: ada });
		expect([merged.clash, merged.value.revision]).toEqual([true, 3]);
	});

	it("a part that was begun before the log was known took the earlier wrap-up's notes for its own", () => {
		const desk = log({ notes: "Wants a refund", part: "p2", notedBefore: "Wants a refund", startTime: "2026-01-01" });
		const early = log({ notes: "Is content", part: "p2", notedBefore: "", startTime: undefined, revision: 2 });
		const whole = { notes: "Wants a refund\nIs content", part: "p2", notedBefore: "Wants a refund" };
		expect(mergeLogs(undefined, early, desk).value).toMatchObject({ ...whole, startTime: "2026-01-01" });
		expect(mergeLogs(undefined, desk, early).value.notedBefore).toBe("Wants a refund");
		const typed = log({ notes: "Is content", revision: 2 });
		expect(mergeLogs(undefined, typed, desk).value, "typed before the part was known").toMatchObject(whole);
		const third = log({ ...desk, part: "p3", notedBefore: "Wants a refund\nIs content" });
		expect(mergeLogs(desk, third, desk).value, "a part was begun here").toMatchObject({ part: "p3" });
		expect(mergeLogs(desk, desk, third).value, "or there").toMatchObject({ part: "p3" });
	});
});
