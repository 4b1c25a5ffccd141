import { badField } from "../kernel/http/api-error.ts";
import type { ContactListValue } from "./model.ts";
import { columnsOf, type RuleSetValue } from "./rule-set-model.ts";

/**
 * Rules read columns that the list has, and write those by which nobody is called or told apart: what those say is read when a
 * contact comes into the list.
 * @throws ApiError 400 naming the column
 */
export function requireRuleColumns(rules: RuleSetValue, list: ContactListValue, field = "rules"): void {
	const fixed = new Set([list.keyColumn, ...list.phoneColumns.map((one) => one.columnName)]);
	for (const { column, written } of columnsOf(rules)) {
		if (!list.columnNames.includes(column))
			throw badField(field, `${field} names the column ${column}, which the contact list does not have.`);
		if (written && fixed.has(column))
			throw badField(field, `${field} writes ${column}: numbers and keys of contacts stay as they came into the list.`);
	}
}

/** Whether a rule puts numbers onto the campaign's DNC list. */
export const addsToDnc = ({ rules }: Pick<RuleSetValue, "rules">): boolean =>
	rules.some(({ actions }) => actions.some((one) => one.actionTypeName === "APPEND_NUMBER_TO_DNC_LIST"));
