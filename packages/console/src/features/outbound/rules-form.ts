import { mostCallbackMinutes, ruleActions } from "@inlay/contract/outbound-rules";
import type { OutboundKey } from "./strings.ts";

/** A rule as the API has it, while it is edited (`DialerRule`). */
export interface EditedRule {
	id?: string;
	name: string;
	order?: number;
	category: "DIALER_PRECALL" | "DIALER_WRAPUP";
	conditions: EditedCondition[];
	actions: EditedAction[];
	/** What it had when it was asked at the other time, until it is saved. */
	aside?: Partial<Record<EditedRule["category"], Pick<EditedRule, "conditions" | "actions">>>;
}

export interface EditedCondition {
	type: string;
	inverted?: boolean;
	attributeName?: string;
	value?: string;
	valueType?: string;
	operator?: string;
	codes?: string[];
	property?: string;
	propertyType?: string;
}

export interface EditedAction {
	type: string;
	actionTypeName: string;
	updateOption?: string;
	properties?: Record<string, string>;
	/** Columns and what they become, while they are edited: as keys two would be one, and numbers would come first. */
	columns?: ReadonlyArray<readonly [string, string]>;
}

/** Conditions that a rule may have, by when it is asked. */
export const conditionTypes = {
	DIALER_PRECALL: [
		"contactAttributeCondition",
		"phoneNumberCondition",
		"phoneNumberTypeCondition",
		"contactPropertyCondition",
	],
	DIALER_WRAPUP: [
		"wrapupCondition",
		"systemDispositionCondition",
		"contactAttributeCondition",
		"phoneNumberCondition",
		"phoneNumberTypeCondition",
		"contactPropertyCondition",
	],
} as const satisfies Record<string, readonly OutboundKey[]>;

const actionTexts: Readonly<Record<string, OutboundKey>> = {
	DO_NOT_DIAL: "doNotDial",
	MODIFY_CONTACT_ATTRIBUTE: "modifyColumn",
	SET_CALLER_ID: "setCaller",
	SWITCH_TO_PREVIEW: "switchToPreview",
	SCHEDULE_CALLBACK: "callAgain",
	APPEND_NUMBER_TO_DNC_LIST: "toDncList",
	INLAY_APPEND_TO_LIST: "toOtherList",
	CONTACT_UNCALLABLE: "contactUncallable",
	NUMBER_UNCALLABLE: "numberUncallable",
};

export const actionText = (name: string): OutboundKey | undefined => actionTexts[name];

/** How a value is compared: operator and type of value are one choice. */
export const comparisons: ReadonlyArray<{ value: string; text: OutboundKey; period?: true }> = [
	{ value: "STRING EQUALS", text: "isText" },
	{ value: "STRING CONTAINS", text: "containsText" },
	{ value: "STRING BEGINS_WITH", text: "beginsWith" },
	{ value: "STRING ENDS_WITH", text: "endsWith" },
	{ value: "STRING IN", text: "isOneOf" },
	{ value: "NUMERIC LESS_THAN", text: "lessThan" },
	{ value: "NUMERIC GREATER_THAN", text: "moreThan" },
	{ value: "PERIOD BEFORE", text: "longerAgo", period: true },
	{ value: "PERIOD AFTER", text: "lessLongAgo", period: true },
];

export const comparisonOf = ({ valueType = "STRING", operator = "EQUALS" }: EditedCondition) =>
	`${valueType} ${operator}`;

/** What the form says, and an untouched one for what was never saved. */
export function rulesIn(form: string | undefined): EditedRule[] {
	return form ? (JSON.parse(form) as EditedRule[]) : [];
}

/** Nothing is chosen for it: what a rule without conditions does, it does to everybody. */
export const freshRule = (): EditedRule => ({
	id: crypto.randomUUID(),
	name: "",
	category: "DIALER_PRECALL",
	conditions: [],
	actions: [nothing],
});

/** An action of which nobody has said yet what it is. */
export const nothing: EditedAction = { type: "Action", actionTypeName: "", properties: {} };

export function freshCondition(type: string): EditedCondition {
	if (type === "wrapupCondition" || type === "systemDispositionCondition") return { type, codes: [] };
	if (type === "phoneNumberTypeCondition") return { type, value: "" };
	if (type === "contactPropertyCondition")
		return { type, propertyType: "LAST_ATTEMPT_OVERALL", valueType: "PERIOD", operator: "AFTER", value: "" };
	const compared = { valueType: "STRING", operator: "EQUALS", value: "" };
	return type === "contactAttributeCondition" ? { type, attributeName: "", ...compared } : { type, ...compared };
}

export function freshAction(name: string): EditedAction {
	if (name === "MODIFY_CONTACT_ATTRIBUTE")
		return { type: "modifyContactAttribute", actionTypeName: name, updateOption: "SET", properties: { "": "" } };
	return { type: "Action", actionTypeName: name, properties: {} };
}

/** The columns that an action changes, in their order. */
export const columnsOf = ({ columns, properties = {} }: EditedAction) => columns ?? Object.entries(properties);

/** A rule that is asked at another time keeps what goes with that; asked as before again, it has what it had. */
export function askedAt(rule: EditedRule, category: EditedRule["category"]): EditedRule {
	const conditions = rule.conditions.filter((one) =>
		(conditionTypes[category] as readonly string[]).includes(one.type),
	);
	const kept = rule.actions.filter((one) => (ruleActions[category] as readonly string[]).includes(one.actionTypeName));
	const aside = { ...rule.aside, [rule.category]: { conditions: rule.conditions, actions: rule.actions } };
	const actions = kept.length > 0 ? kept : [nothing];
	return { ...rule, category, conditions, actions, ...rule.aside?.[category], aside };
}

/** Rules go in the order in which they stand. */
export const rulesBody = (form: string | undefined) =>
	rulesIn(form).map(({ aside: _aside, ...rule }, order) => ({ ...rule, actions: rule.actions.map(actionBody), order }));

export function actionBody({ columns, ...action }: EditedAction): EditedAction {
	return columns ? { ...action, properties: Object.fromEntries(columns) } : action;
}

/** Whether something that must be said is not. */
export const isLacking = (form: string | undefined) => rulesIn(form).some(lacks);

function lacks({ name, conditions, actions }: EditedRule): boolean {
	return name.trim() === "" || actions.length === 0 || conditions.some(lacksCondition) || actions.some(lacksAction);
}

/** How a rule is called: by its name, and by its place where it has none or another one has the same. */
export function namesOf(rules: readonly EditedRule[], numbered: (number: number, name: string) => string): string[] {
	return rules.map(({ name }, at) => {
		const isOwn = name.trim() !== "" && rules.every((other, place) => place === at || other.name !== name);
		return isOwn ? name : numbered(at + 1, name).trim();
	});
}

/** What is changed about a column. */
export const updateTexts = [
	{ value: "SET", text: "updateSet" },
	{ value: "INCREMENT", text: "updateMore" },
	{ value: "DECREMENT", text: "updateLess" },
	{ value: "CURRENT_TIME", text: "updateNow" },
] as const satisfies ReadonlyArray<{ value: string; text: OutboundKey }>;

function lacksCondition({ type, codes, attributeName, value }: EditedCondition): boolean {
	if (codes) return codes.length === 0;
	if (type === "contactAttributeCondition") return !attributeName;
	return !value?.trim();
}

export const isMinutes = (text: string | undefined) =>
	/^[1-9]\d{0,4}$/.test(text ?? "") && Number(text) <= mostCallbackMinutes;

function lacksAction(action: EditedAction): boolean {
	const { actionTypeName, properties = {} } = action;
	const columns = columnsOf(action).map(([column]) => column.trim());
	switch (actionTypeName) {
		case "":
			return true;
		case "MODIFY_CONTACT_ATTRIBUTE":
			return columns.includes("") || new Set(columns).size < columns.length;
		case "SET_CALLER_ID":
			return !properties.callerAddress?.trim() && !properties.callerName?.trim();
		case "SCHEDULE_CALLBACK":
			return !isMinutes(properties.callbackOffset);
		case "INLAY_APPEND_TO_LIST":
			return !properties.contactListId;
		default:
			return false;
	}
}
