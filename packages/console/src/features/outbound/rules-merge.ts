import { type Merged, mergedPart, type Sides, type Whose } from "../../session/three-way.ts";
import { actionBody, type EditedCondition, type EditedRule, rulesIn } from "./rules-form.ts";

/** Two have changed the rules of a set: rule by rule, and their order by itself. */
export function mergeRules(sides: Sides<string>, whose: Whose): Merged<string> {
	const { base, mine, theirs } = rulesOf(sides);
	const order = mergeOrder({ base: base.map(keyOf), mine: mine.map(keyOf), theirs: theirs.map(keyOf) }, whose);
	const parts = order.value.map((key) => mergeRule(ruleOf({ base, mine, theirs }, key), whose));
	const value = JSON.stringify(parts.flatMap((part) => part.value ?? []));
	return { value, clashes: order.clashes || parts.some(({ clashes }) => clashes) };
}

/** The rules that two have changed differently since `base`, as each has them; absent where that side has removed it. */
export function clashingRules(sides: Sides<string>): Array<Sides<EditedRule | undefined>> {
	const rules = rulesOf(sides);
	const keys = [...new Set([...rules.theirs, ...rules.mine].map(keyOf))];
	return keys.map((key) => ruleOf(rules, key)).filter((rule) => mergeRule(rule, "mine").clashes);
}

function mergeRule(rule: Sides<EditedRule | undefined>, whose: Whose): Merged<EditedRule | undefined> {
	const said = { base: asSent(rule.base), mine: asSent(rule.mine), theirs: asSent(rule.theirs) };
	const { value, clashes } = mergedPart(said, whose);
	return { value: value === said.mine ? rule.mine : rule.theirs, clashes };
}

const rulesOf = ({ base, mine, theirs }: Sides<string>): Sides<EditedRule[]> => ({
	base: rulesIn(base),
	mine: rulesIn(mine),
	theirs: rulesIn(theirs),
});

function ruleOf({ base, mine, theirs }: Sides<EditedRule[]>, key: string): Sides<EditedRule | undefined> {
	const of = (rules: readonly EditedRule[]) => plain(rules.find((one) => keyOf(one) === key));
	return { base: of(base), mine: of(mine), theirs: of(theirs) };
}

/** The order of all that anybody has: where only one side has moved something, it is theirs. */
function mergeOrder({ base, mine, theirs }: Sides<string[]>, whose: Whose): Merged<string[]> {
	const shared = (keys: readonly string[]) =>
		keys.filter((key) => base.includes(key) && mine.includes(key) && theirs.includes(key)).join(" ");
	const moved = mergedPart({ base: shared(base), mine: shared(mine), theirs: shared(theirs) }, whose);
	const [first, second] = moved.value === shared(theirs) ? [theirs, mine] : [mine, theirs];
	const value = second.reduce<string[]>((all, key, at) => {
		if (all.includes(key)) return all;
		const before = at === 0 ? -1 : all.indexOf(second[at - 1] ?? "");
		return all.toSpliced(before + 1, 0, key);
	}, first);
	return { value, clashes: moved.clashes };
}

const keyOf = ({ id, name }: EditedRule) => id ?? name;

/** Without what is only kept while it is edited. */
function plain(rule: EditedRule | undefined): EditedRule | undefined {
	if (!rule) return undefined;
	const { aside: _aside, order: _order, ...said } = rule;
	return said;
}

/**
 * What two have written differently, and that is the same: columns that somebody has edited and columns that were read, conditions
 * that have to hold all, and codes of which one suffices. Actions are done in their order.
 */
const asSent = (rule: EditedRule | undefined) =>
	rule && { ...rule, conditions: asSet(rule.conditions), actions: rule.actions.map(actionBody) };

function asSet(conditions: readonly EditedCondition[]): EditedCondition[] {
	const said = (one: EditedCondition) => JSON.stringify(Object.entries(one).sort());
	return conditions
		.map((one) => (one.codes ? { ...one, codes: one.codes.toSorted() } : one))
		.toSorted((one, other) => (said(one) < said(other) ? -1 : 1));
}
