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
	const said = inWords(field, mine, text(a, c), (of, id) => `${of} ${id}`);
	expect(said.mine.split("\n")).toEqual([
		"b",
		"After a call’s first wrap-up",
		"It applies where all of these hold:",
		"• The agent’s wrap-up code · wrapupcodes x · Applies where this does not hold",
		"Then:",
		"• The number is called again later · 5",
	]);
	expect(said.theirs).toBe("b is deleted");
	expect(inWords(field, text(a, b), text(b, a), String)).toEqual({ mine: "a\nb", theirs: "b\na" });
});
