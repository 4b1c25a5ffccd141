import { badField } from "../kernel/http/api-error.ts";
import type { ContactListValue, Thing } from "./model.ts";
import { columnsOf, type RuleSetValue } from "./rule-set-model.ts";

type Named<V> = Pick<Thing<V>, "id" | "name" | "value">;

/**
 * Rules read columns that the list has, and write those by which nobody is called or told apart: what those say is read when a
 * contact comes into the list.
 * @param field that is refused @param says who says so, in the sentence
 * @throws ApiError 400 naming the column
 */
export function requireRuleColumns(rules: RuleSetValue, list: ContactListValue, field = "rules", says = field): void {
	const fixed = new Set([list.keyColumn, ...list.phoneColumns.map((one) => one.columnName)]);
	for (const { column, written } of columnsOf(rules)) {
		if (!list.columnNames.includes(column))
			throw badField(field, `${says} names the column ${column}, which the contact list does not have.`);
		if (written && fixed.has(column))
			throw badField(field, `${says} writes ${column}: numbers and keys of contacts stay as they came into the list.`);
	}
}

/**
 * The copy of a contact on the list that is called would be called, and copied, without end.
 * @throws ApiError 400
 */
export function requireOtherLists({ listIds }: RuleSetValue, list: Named<ContactListValue>, field = "rules"): void {
	if (listIds.includes(list.id))
		throw badField(
			field,
			`${field} puts contacts onto the contact list ${list.name}, by which they are called: put them onto another one.`,
		);
}

/** Whether a rule puts numbers onto the campaign's DNC list. */
export const addsToDnc = ({ rules }: Pick<RuleSetValue, "rules">): boolean =>
	rules.some(({ actions }) => actions.some((one) => one.actionTypeName === "APPEND_NUMBER_TO_DNC_LIST"));
