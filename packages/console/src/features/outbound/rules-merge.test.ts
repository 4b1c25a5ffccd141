import { expect, it } from "vitest";
import { inWords } from "./in-words.ts";
import { kinds } from "./kinds.ts";
import { type EditedRule, freshRule } from "./rules-form.ts";
import { mergeRules } from "./rules-merge.ts";

const rule = (id: string, changes: Partial<EditedRule> = {}): EditedRule => ({
	...freshRule(),
	id,
	name: id,
	...changes,
});
const text = (...rules: EditedRule[]) => JSON.stringify(rules);
const [a, b, c] = [rule("a"), rule("b"), rule("c")];
const base = text(a, b, c);

/** What comes of it, by the rules' names. */
function merged(mine: string, theirs: string, whose: "mine" | "theirs" = "mine") {
	const { value, clashes } = mergeRules({ base, mine, theirs }, whose);
	return [clashes, (JSON.parse(value) as EditedRule[]).map((one) => one.name).join(" ")];
}

it("one moved a rule and another renamed one: nobody was asked, and both had it", () => {
	expect(merged(text(c, a, b), text(a, rule("b", { name: "B" }), c))).toEqual([false, "c a B"]);
	expect(merged(text(rule("a", { name: "A" }), b, c), text(b, c, a))).toEqual([false, "b c A"]);
});

it("one added a rule where another removed one", () => {
	expect(merged(text(a, rule("new"), b, c), text(a, c))).toEqual([false, "a new c"]);
	expect(merged(text(a, b), text(rule("theirs"), a, b, c))).toEqual([false, "theirs a b"]);
	expect(merged(text(a, b, c, rule("m")), text(a, b, c, rule("t")))).toEqual([false, "a b c m t"]);
});

it("the same rule, renamed by one and removed by another, and two orders are asked about", () => {
	const [mine, theirs] = [text(rule("a", { name: "A" }), b, c), text(b, c)];
	expect(merged(mine, theirs)).toEqual([true, "A b c"]);
	expect(merged(mine, theirs, "theirs")).toEqual([true, "b c"]);
	expect(merged(text(c, a, b), text(b, a, c), "theirs")).toEqual([true, "b a c"]);
});

it("a conflict of rules was shown as JSON", () => {
	const field = kinds.rulesets.fields.find(({ key }) => key === "rules");
	const condition = { type: "wrapupCondition", codes: ["x"], inverted: true };
	const action = { type: "Action", actionTypeName: "SCHEDULE_CALLBACK", properties: { callbackOffset: "5" } };
	const mine = text(a, rule("b", { category: "DIALER_WRAPUP", conditions: [condition], actions: [action] }), c);
	const sides = { base: text(a, b, c), mine, theirs: text(a, c) };
	const said = inWords(field, sides, (of, id) => `${of} ${id}`);
	expect(said.mine.split("\n")).toEqual([
		"b",
		"After a call’s first wrap-up",
		"It applies where all of these hold:",
		"• The agent’s wrap-up code · wrapupcodes x · Applies where this does not hold",
		"Then:",
		"• The number is called again later · 5",
	]);
	expect(said.theirs).toBe("b is deleted");
	const moved = { base, mine: text(c, a, b), theirs: text(b, a, c) };
	expect(inWords(field, moved, String)).toEqual({ mine: "c\na\nb", theirs: "b\na\nc" });
});

it("one had added a rule and both had edited another: the dialog said that the new one is deleted", () => {
	const field = kinds.rulesets.fields.find(({ key }) => key === "rules");
	const mine = text(rule("a", { name: "A" }), b, c, rule("mine"));
	const theirs = text(rule("a", { name: "Ä" }), rule("b", { name: "B" }), rule("theirs"));
	const said = inWords(field, { base, mine, theirs }, String);
	expect([said.mine.split("\n")[0], said.theirs.split("\n")[0]]).toEqual(["A", "Ä"]);
	expect(said.mine + said.theirs).not.toMatch(/deleted|mine|theirs|B$/m);
});

it("an action that both had given the same column was asked about", () => {
	const action = { type: "modifyContactAttribute", actionTypeName: "MODIFY_CONTACT_ATTRIBUTE", updateOption: "SET" };
	const typed = rule("a", { actions: [{ ...action, properties: { "": "" }, columns: [["Tried", "yes"]] }] });
	const read = rule("a", { actions: [{ ...action, properties: { Tried: "yes" } }] });
	expect(merged(text(typed, b, c), text(read, b, c))).toEqual([false, "a b c"]);
	const other = rule("a", { actions: [{ ...action, properties: { Tried: "no" } }] });
	expect(merged(text(typed, b, c), text(other, b, c))).toEqual([true, "a b c"]);
});

it("the order of a rule's actions was lost: what one had moved stood as the other had found it", () => {
	const [first, then] = ["DO_NOT_DIAL", "CONTACT_UNCALLABLE"].map((actionTypeName) => ({
		...{ type: "Action", actionTypeName, properties: {} },
	}));
	const of = (...actions: unknown[]) => text(rule("a", { actions: actions as EditedRule["actions"] }));
	const [asRead, moved] = [of(first, then), of(then, first)];
	expect(mergeRules({ base: asRead, mine: moved, theirs: asRead }, "mine")).toEqual({ value: moved, clashes: false });
	expect(mergeRules({ base: asRead, mine: asRead, theirs: moved }, "mine")).toEqual({ value: moved, clashes: false });
	const other = of(then, first, first);
	expect(mergeRules({ base: asRead, mine: moved, theirs: other }, "theirs")).toEqual({ value: other, clashes: true });
});

it("conditions that hold together, and codes of which one suffices, are the same in any order", () => {
	const codes = (...of: string[]) => ({ type: "wrapupCondition", codes: of });
	const number = { type: "phoneNumberCondition", valueType: "STRING", operator: "EQUALS", value: "1" };
	const mine = text(rule("a", { conditions: [codes("x", "y"), number] }), b, c);
	const theirs = text(rule("a", { conditions: [number, codes("y", "x")] }), b, c);
	expect(merged(mine, theirs)).toEqual([false, "a b c"]);
});
