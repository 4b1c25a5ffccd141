import type { Sides } from "../../session/three-way.ts";
import { t as shared } from "../../shell/strings.ts";
import type { Field } from "./kind.ts";
import {
	actionText,
	columnsOf,
	comparisonOf,
	comparisons,
	type EditedAction,
	type EditedCondition,
	type EditedRule,
	rulesIn,
	updateTexts,
} from "./rules-form.ts";
import { clashingRules } from "./rules-merge.ts";
import { type OutboundKey, t } from "./strings.ts";

/** What things are called, by their kinds. */
export type Names = (of: string, id: string) => string;

/** What two have put into a field, as one reads it. */
export function inWords(field: Field | undefined, sides: Sides<string>, nameOf: Names) {
	if (field?.type === "rules") return rulesInWords(sides, nameOf);
	const say = (value: string) => (field ? valueInWords(field, value, nameOf) : value);
	return { mine: say(sides.mine), theirs: say(sides.theirs) };
}

function valueInWords(field: Field, value: string, nameOf: Names): string {
	if (value === "") return "";
	if (field.type === "check") return shared(value === "true" ? "yes" : "no");
	if (field.type === "choice") return t(value as OutboundKey);
	if (field.type === "one") return nameOf(field.of, value);
	if (field.type !== "several") return value;
	return value
		.split(",")
		.map((id) => nameOf(field.of, id))
		.join(", ");
}

/** The rules that both have changed differently; where there are none, what differs is their order. */
function rulesInWords(sides: Sides<string>, nameOf: Names) {
	const clashing = clashingRules(sides);
	const say = (side: "mine" | "theirs") =>
		clashing.map((rules) => ruleInWords(rules[side], nameOf) ?? gone(rules)).join("\n\n");
	if (clashing.length > 0) return { mine: say("mine"), theirs: say("theirs") };
	const ordered = (rules: string) =>
		rulesIn(rules)
			.map((one) => one.name)
			.join("\n");
	return { mine: ordered(sides.mine), theirs: ordered(sides.theirs) };
}

const gone = ({ mine, theirs }: Sides<EditedRule | undefined>) => t("removed", { name: (mine ?? theirs)?.name ?? "" });

function ruleInWords(rule: EditedRule | undefined, nameOf: Names): string | undefined {
	if (!rule) return undefined;
	const conditions = rule.conditions.map((one) => conditionInWords(one, nameOf));
	const when = conditions.length === 0 ? [t("ruleAlways")] : [t("ruleConditions"), ...conditions];
	const actions = rule.actions.map((one) => actionInWords(one, nameOf));
	return [rule.name, t(rule.category), ...when, t("ruleActions"), ...actions].join("\n");
}

function conditionInWords(condition: EditedCondition, nameOf: Names): string {
	const { type, codes, attributeName, property, value, inverted } = condition;
	const said = codes?.map((id) => nameOf("wrapupcodes", id)).join(", ");
	const comparison = comparisons.find((one) => one.value === comparisonOf(condition));
	const compared = codes || type === "phoneNumberTypeCondition" ? undefined : comparison && t(comparison.text);
	const negated = inverted === true ? t("inverted") : undefined;
	return inLine([t(type as OutboundKey), attributeName ?? property, compared, said ?? value, negated]);
}

function actionInWords(action: EditedAction, nameOf: Names): string {
	const { actionTypeName, properties = {}, updateOption = "SET" } = action;
	const known = actionText(actionTypeName);
	const name = known ? t(known) : actionTypeName;
	if (actionTypeName === "MODIFY_CONTACT_ATTRIBUTE") {
		const update = updateTexts.find((one) => one.value === updateOption);
		return inLine([name, ...columnsOf(action).flat(), update && t(update.text)]);
	}
	if (properties.contactListId) return inLine([name, nameOf("contactlists", properties.contactListId)]);
	return inLine([name, ...Object.values(properties)]);
}

const inLine = (parts: ReadonlyArray<string | undefined>) => `• ${parts.filter(Boolean).join(" · ")}`;
