import type { Contact, PhoneColumn } from "./model.ts";
import { readPeriod } from "./periods.ts";
import type { Comparison, DialerRule, RuleCategory, RuleCondition } from "./rule-set-model.ts";

/** What a rule is judged by. */
export interface RuleFacts {
	contact: Pick<Contact, "data" | "numbers">;
	/** The number that is about to be called, or was. */
	column: string;
	phoneColumns: readonly PhoneColumn[];
	now: Date;
	/** The code of the call's first wrap-up, an agent's; or what the system says of the attempt. */
	wrapupCode?: string | undefined;
	systemCode?: string | undefined;
}

/** Whether the rule is one of the kind, and all its conditions hold. */
export function applies(rule: DialerRule, category: RuleCategory, facts: RuleFacts): boolean {
	return rule.category === category && rule.conditions.every((one) => holds(one, facts) !== one.inverted);
}

function holds(condition: RuleCondition, facts: RuleFacts): boolean {
	const { contact, column, phoneColumns, now } = facts;
	switch (condition.type) {
		case "wrapupCondition":
			return facts.wrapupCode !== undefined && condition.codes.includes(facts.wrapupCode);
		case "systemDispositionCondition":
			return facts.systemCode !== undefined && condition.codes.includes(facts.systemCode);
		case "contactAttributeCondition":
			return compare(contact.data[condition.attributeName] ?? "", condition, now);
		case "phoneNumberCondition":
			return compare(contact.numbers[column]?.number ?? "", condition, now);
		case "phoneNumberTypeCondition": {
			const type = phoneColumns.find((one) => one.columnName === column)?.type ?? "";
			return type.toLowerCase() === condition.value.toLowerCase();
		}
		case "contactPropertyCondition":
			return compare(lastAttempt(contact, condition.attributeName), condition, now);
	}
}

/** When the number in the column was called last, or any of them. */
function lastAttempt({ numbers }: Pick<Contact, "numbers">, column: string | undefined): string {
	const records = column === undefined ? Object.values(numbers) : [numbers[column]];
	return (
		records
			.flatMap((one) => one?.lastAttempt ?? [])
			.toSorted()
			.at(-1) ?? ""
	);
}

/** @param said as it stands with the contact; what cannot be read as the value's type is never equal, less or more */
export function compare(said: string, { operator, value, valueType }: Comparison, now: Date): boolean {
	if (valueType === "NUMERIC") return ordered(numberIn(said), numberIn(value), operator);
	if (valueType === "DATETIME") return ordered(timeIn(said), timeIn(value), operator);
	if (valueType === "PERIOD") {
		const [then, period] = [timeIn(said), readPeriod(value)];
		const ago = then === undefined ? undefined : now.getTime() - then;
		// Before a time that long ago is longer ago than that.
		if (operator === "BEFORE") return ordered(ago, period, "GREATER_THAN");
		return ordered(ago, period, operator === "AFTER" ? "LESS_THAN" : operator);
	}
	return worded(said.toLowerCase(), value.toLowerCase(), operator);
}

function ordered(a: number | undefined, b: number | undefined, operator: Comparison["operator"]): boolean {
	if (a === undefined || b === undefined) return false;
	switch (operator) {
		case "EQUALS":
			return a === b;
		case "LESS_THAN":
		case "BEFORE":
			return a < b;
		case "LESS_THAN_EQUALS":
			return a <= b;
		case "GREATER_THAN":
		case "AFTER":
			return a > b;
		case "GREATER_THAN_EQUALS":
			return a >= b;
		default:
			return false;
	}
}

function worded(a: string, b: string, operator: Comparison["operator"]): boolean {
	switch (operator) {
		case "EQUALS":
			return a === b;
		case "CONTAINS":
			return a.includes(b);
		case "BEGINS_WITH":
			return a.startsWith(b);
		case "ENDS_WITH":
			return a.endsWith(b);
		case "IN":
			return b
				.split(",")
				.map((one) => one.trim())
				.includes(a);
		default:
			return false;
	}
}

function numberIn(said: string): number | undefined {
	const read = said.trim() === "" ? Number.NaN : Number(said);
	return Number.isFinite(read) ? read : undefined;
}

function timeIn(said: string): number | undefined {
	const read = Date.parse(said);
	return Number.isNaN(read) ? undefined : read;
}
