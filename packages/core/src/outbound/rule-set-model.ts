/** Rules by which campaigns pass contacts over, and go on with them (agent-features 18); fields as the SDK's `RuleSet` names them. */

import { ruleActions } from "@inlay/contract/outbound-rules";

/** `DIALER_PRECALL`: before a contact is called, or offered. `DIALER_WRAPUP`: after a call's first wrap-up, an agent's or the system's. */
export const ruleCategories = ["DIALER_PRECALL", "DIALER_WRAPUP"] as const;
export type RuleCategory = (typeof ruleCategories)[number];

export const valueTypes = ["STRING", "NUMERIC", "DATETIME", "PERIOD"] as const;
export type ValueType = (typeof valueTypes)[number];

export const ruleOperators = [
	"EQUALS",
	"LESS_THAN",
	"LESS_THAN_EQUALS",
	"GREATER_THAN",
	"GREATER_THAN_EQUALS",
	"CONTAINS",
	"BEGINS_WITH",
	"ENDS_WITH",
	"BEFORE",
	"AFTER",
	"IN",
] as const;
export type RuleOperator = (typeof ruleOperators)[number];

export const updateOptions = ["SET", "INCREMENT", "DECREMENT", "CURRENT_TIME"] as const;
export type UpdateOption = (typeof updateOptions)[number];

export const contactProperties = ["LAST_ATTEMPT_BY_COLUMN", "LAST_ATTEMPT_OVERALL"] as const;
export type ContactProperty = (typeof contactProperties)[number];

/** A value that is compared; a `PERIOD` is how long ago it was at least, as ISO 8601 says it. */
export interface Comparison {
	operator: RuleOperator;
	value: string;
	valueType: ValueType;
}

export type RuleCondition = { inverted: boolean } & (
	| { type: "wrapupCondition"; codes: string[] }
	| { type: "systemDispositionCondition"; codes: string[] }
	| ({ type: "contactAttributeCondition"; attributeName: string } & Comparison)
	| ({ type: "phoneNumberCondition" } & Comparison)
	| { type: "phoneNumberTypeCondition"; value: string }
	| ({ type: "contactPropertyCondition"; property: ContactProperty; attributeName?: string | undefined } & Comparison)
);

export type RuleAction =
	| { actionTypeName: "DO_NOT_DIAL" }
	| { actionTypeName: "SWITCH_TO_PREVIEW" }
	| { actionTypeName: "SET_CALLER_ID"; callerAddress?: string | undefined; callerName?: string | undefined }
	| { actionTypeName: "MODIFY_CONTACT_ATTRIBUTE"; updateOption: UpdateOption; columns: Record<string, string> }
	| { actionTypeName: "APPEND_NUMBER_TO_DNC_LIST" }
	| { actionTypeName: "SCHEDULE_CALLBACK"; callbackOffset: number }
	| { actionTypeName: "CONTACT_UNCALLABLE" }
	| { actionTypeName: "NUMBER_UNCALLABLE" }
	/** Of ours: a copy of the contact goes onto another list. */
	| { actionTypeName: "INLAY_APPEND_TO_LIST"; contactListId: string };

export type RuleActionName = RuleAction["actionTypeName"];

/** When each of them is done. */
export const actionsOf: Readonly<Record<RuleCategory, readonly RuleActionName[]>> = ruleActions;

export interface DialerRule {
	id: string;
	name: string;
	category: RuleCategory;
	/** All of them hold, or the rule does nothing; it always does where there are none. */
	conditions: RuleCondition[];
	actions: RuleAction[];
}

export interface RuleSetValue {
	/** Whose columns the rules name; any campaign may have it where it names none. */
	contactListId?: string | undefined;
	queueId?: string | undefined;
	/** Lists onto which the rules put contacts. */
	listIds: string[];
	/** In the order in which they are followed. */
	rules: DialerRule[];
}

/** Columns that the rules name, where the server must know that they are there; those that they write are `written`. */
export function columnsOf({ rules }: Pick<RuleSetValue, "rules">): Array<{ column: string; written: boolean }> {
	return rules.flatMap(({ conditions, actions }) => [
		...conditions.flatMap((one) => {
			const column = "attributeName" in one ? one.attributeName : undefined;
			return column === undefined ? [] : [{ column, written: false }];
		}),
		...actions.flatMap((one) => {
			if (one.actionTypeName === "MODIFY_CONTACT_ATTRIBUTE")
				return Object.keys(one.columns).map((column) => ({ column, written: true }));
			if (one.actionTypeName !== "SET_CALLER_ID") return [];
			const named = [one.callerAddress, one.callerName].flatMap((said) => columnIn(said) ?? []);
			return named.map((column) => ({ column, written: false }));
		}),
	]);
}

/** Contact lists onto which the rules put contacts. */
export const listsOf = (rules: readonly DialerRule[]): string[] =>
	rules.flatMap(({ actions }) =>
		actions.flatMap((one) => (one.actionTypeName === "INLAY_APPEND_TO_LIST" ? [one.contactListId] : [])),
	);

/** The column that `contact.Column` names. */
export function columnIn(said: string | undefined): string | undefined {
	return said?.startsWith("contact.") ? said.slice("contact.".length) : undefined;
}
