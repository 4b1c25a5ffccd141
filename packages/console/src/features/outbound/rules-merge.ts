import { type Merged, mergedPart, type Sides, type Whose } from "../../session/three-way.ts";
import { type EditedRule, rulesIn } from "./rules-form.ts";

/** Two have changed the rules of a set: rule by rule, and their order by itself. */
export function mergeRules(sides: Sides<string>, whose: Whose): Merged<string> {
	const [base, mine, theirs] = [rulesIn(sides.base), rulesIn(sides.mine), rulesIn(sides.theirs)];
	const order = mergeOrder({ base: base.map(keyOf), mine: mine.map(keyOf), theirs: theirs.map(keyOf) }, whose);
	const parts = order.value.map((key) => {
		const of = (rules: readonly EditedRule[]) => plain(rules.find((one) => keyOf(one) === key));
		return mergedPart({ base: of(base), mine: of(mine), theirs: of(theirs) }, whose);
	});
	const value = JSON.stringify(parts.flatMap((part) => part.value ?? []));
	return { value, clashes: order.clashes || parts.some(({ clashes }) => clashes) };
}

/** The rules that two have changed differently, as each has them; absent where that side has removed it. */
export function clashingRules(mine: string | undefined, theirs: string | undefined) {
	const [byMe, byThem] = [rulesIn(mine), rulesIn(theirs)];
	const keys = [...new Set([...byThem, ...byMe].map(keyOf))];
	return keys.flatMap((key) => {
		const [one, other] = [byMe, byThem].map((rules) => plain(rules.find((rule) => keyOf(rule) === key)));
		return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ mine: one, theirs: other }];
	});
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
