import { randomUUID } from "node:crypto";
import { mostCallbackMinutes } from "@inlay/contract/outbound-rules";
import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { numberOf } from "./csv-rows.ts";
import { systemCodes } from "./model.ts";
import { readPeriod } from "./periods.ts";
import {
	actionsOf,
	type Comparison,
	columnIn,
	contactProperties,
	type DialerRule,
	listsOf,
	type RuleAction,
	type RuleCategory,
	type RuleCondition,
	type RuleOperator,
	type RuleSetValue,
	ruleCategories,
	ruleOperators,
	type UpdateOption,
	updateOptions,
	type ValueType,
	valueTypes,
} from "./rule-set-model.ts";
import type { Sent } from "./things.ts";

const Opt = Type.Optional;
const id = Type.String({ minLength: 1, maxLength: 200 });
const reference = Type.Object({ id });
const word = Opt(Type.String({ maxLength: 1_000 }));
const named = Opt(Type.String({ minLength: 1, maxLength: 100 }));

const condition = Type.Object({
	type: Type.String({ maxLength: 60 }),
	inverted: Opt(Type.Boolean()),
	attributeName: named,
	value: word,
	valueType: Opt(Type.Union(valueTypes.map((one) => Type.Literal(one)))),
	operator: Opt(Type.Union(ruleOperators.map((one) => Type.Literal(one)))),
	codes: Opt(Type.Array(id, { maxItems: 200, uniqueItems: true })),
	property: named,
	propertyType: named,
});
type ConditionBody = Omit<Static<typeof condition>, "valueType" | "operator"> & {
	valueType?: ValueType;
	operator?: RuleOperator;
};

const action = Type.Object({
	type: Type.String({ maxLength: 60 }),
	actionTypeName: Type.String({ maxLength: 60 }),
	updateOption: Opt(Type.Union(updateOptions.map((one) => Type.Literal(one)))),
	properties: Opt(Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.String({ maxLength: 1_000 }))),
});
type ActionBody = Omit<Static<typeof action>, "updateOption"> & { updateOption?: UpdateOption };

/** `RuleSet`. */
export const ruleSetBody = Type.Object({
	name: Type.String({ minLength: 1, maxLength: 200 }),
	version: Opt(Type.Union([Type.Integer(), Type.Null()])),
	contactList: Opt(reference),
	queue: Opt(reference),
	rules: Type.Array(
		Type.Object({
			id: Opt(id),
			name: Type.String({ minLength: 1, maxLength: 200 }),
			order: Opt(Type.Integer({ minimum: 0, maximum: 10_000 })),
			category: Type.Union(ruleCategories.map((one) => Type.Literal(one))),
			conditions: Type.Array(condition, { maxItems: 20 }),
			actions: Opt(Type.Array(action, { maxItems: 10 })),
		}),
		{ maxItems: 50 },
	),
});

/** @param country of numbers without a country code */
export function ruleSetOf(body: Static<typeof ruleSetBody>, country: string): Sent<RuleSetValue> {
	requireOwnIds(body.rules);
	const rules = body.rules.map((rule, index): DialerRule & { order: number } => {
		const field = `rules[${index}]`;
		const category = rule.category as RuleCategory;
		return {
			id: rule.id ?? randomUUID(),
			name: rule.name.trim(),
			category,
			order: rule.order ?? index,
			conditions: rule.conditions.map((one, at) => conditionOf(one, category, `${field}.conditions[${at}]`)),
			actions: (rule.actions ?? []).map((one, at) => actionOf(one, category, `${field}.actions[${at}]`, country)),
		};
	});
	const inOrder = rules.toSorted((a, b) => a.order - b.order).map(({ order: _order, ...rule }) => rule);
	const listIds = [...new Set(listsOf(inOrder))];
	const value = { contactListId: body.contactList?.id, queueId: body.queue?.id, listIds, rules: inOrder };
	return { name: body.name, value };
}

/** What is told of a rule names it by its id. @throws ApiError 400 naming the second of two */
function requireOwnIds(rules: ReadonlyArray<{ id?: string }>): void {
	const seen = new Set<string>();
	for (const [index, { id: own }] of rules.entries()) {
		if (own !== undefined && seen.has(own)) throw badField(`rules[${index}].id`, `Two rules have the id ${own}.`);
		if (own !== undefined) seen.add(own);
	}
}

/** A day, or a time of it; `Date.parse` alone takes "1" for one. */
const timeForm = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

function conditionOf(body: ConditionBody, category: RuleCategory, field: string): RuleCondition {
	const { type, inverted = false, attributeName } = body;
	switch (type) {
		case "wrapupCondition":
		case "systemDispositionCondition":
			if (category !== "DIALER_WRAPUP")
				throw badField(
					`${field}.type`,
					`${field}.type ${type} is for rules after a call: before it nobody has wrapped up.`,
				);
			return { type, inverted, codes: codesOf(body, field) };
		case "contactAttributeCondition":
			if (!attributeName) throw badField(`${field}.attributeName`, `${field}.attributeName must name a column.`);
			return { type, inverted, attributeName, ...comparisonOf(body, field) };
		case "phoneNumberCondition":
			return { type, inverted, ...comparisonOf({ ...body, valueType: "STRING" }, field) };
		case "phoneNumberTypeCondition":
			if (!body.value)
				throw badField(`${field}.value`, `${field}.value must be the type of a phone column, such as cell.`);
			return { type, inverted, value: body.value };
		case "contactPropertyCondition":
			return { type, inverted, ...propertyOf(body, field) };
		default:
			throw badField(
				`${field}.type`,
				`${field}.type ${type} is not built: rules ask for wrap-up codes, system codes, columns, numbers, their types and the last attempt.`,
				"outbound.rule.unknown",
			);
	}
}

const knownSystemCodes: ReadonlySet<string> = new Set(Object.values(systemCodes));

function codesOf({ type, codes = [] }: ConditionBody, field: string): string[] {
	if (codes.length === 0) throw badField(`${field}.codes`, `${field}.codes must name at least one.`);
	const unknown = type === "systemDispositionCondition" ? codes.find((one) => !knownSystemCodes.has(one)) : undefined;
	if (unknown !== undefined)
		throw badField(`${field}.codes`, `${field}.codes names ${unknown}, which is none of the system's codes.`);
	return codes;
}

function propertyOf(body: ConditionBody, field: string) {
	const property = contactProperties.find((one) => one === (body.propertyType ?? body.property));
	if (!property)
		throw badField(
			`${field}.propertyType`,
			`${field}.propertyType must be LAST_ATTEMPT_BY_COLUMN or LAST_ATTEMPT_OVERALL.`,
			"outbound.rule.unknown",
		);
	// The platform keeps the column in `property`; `attributeName` is taken too.
	const column = body.attributeName ?? (body.propertyType ? body.property : undefined);
	const isByColumn = property === "LAST_ATTEMPT_BY_COLUMN";
	if (isByColumn && !column) throw badField(`${field}.property`, `${field}.property must name a phone column.`);
	if (body.valueType !== "DATETIME" && body.valueType !== "PERIOD")
		throw badField(`${field}.valueType`, `${field}.valueType must be DATETIME or PERIOD.`);
	return { property, ...(isByColumn ? { attributeName: column } : {}), ...comparisonOf(body, field) };
}

const worded: readonly string[] = ["EQUALS", "CONTAINS", "BEGINS_WITH", "ENDS_WITH", "IN"];

function comparisonOf({ operator, value, valueType = "STRING" }: ConditionBody, field: string): Comparison {
	if (!operator) throw badField(`${field}.operator`, `${field}.operator must say how the value is compared.`);
	const fits = valueType === "STRING" ? worded.includes(operator) : operator === "EQUALS" || !worded.includes(operator);
	if (!fits) throw badField(`${field}.operator`, `${field}.operator ${operator} does not go with ${valueType}.`);
	const said = value ?? "";
	const isReadable =
		valueType === "STRING" ||
		(valueType === "NUMERIC" && said.trim() !== "" && Number.isFinite(Number(said))) ||
		(valueType === "DATETIME" && timeForm.test(said.trim()) && !Number.isNaN(Date.parse(said))) ||
		(valueType === "PERIOD" && readPeriod(said) !== undefined);
	if (!isReadable)
		throw badField(
			`${field}.value`,
			`${field}.value cannot be read as ${valueType}: write 12, 2026-11-28T09:00:00Z or P1DT12H.`,
		);
	return { operator, value: said, valueType };
}

/** An action as it is kept; one that Inlay does not have, or that says not what it needs, is refused. */
function actionOf(body: ActionBody, category: RuleCategory, field: string, country: string): RuleAction {
	const name = actionsOf[category].find((one) => one === body.actionTypeName);
	const { properties = {}, updateOption } = body;
	if (!name)
		throw badField(
			`${field}.actionTypeName`,
			`${field}.actionTypeName ${body.actionTypeName} is not built for ${category}; use one of ${actionsOf[category].join(", ")}.`,
			"outbound.rule.unknown",
		);
	switch (name) {
		case "MODIFY_CONTACT_ATTRIBUTE":
			if (!updateOption)
				throw badField(`${field}.updateOption`, `${field}.updateOption must say what becomes of the column.`);
			if (Object.keys(properties).length === 0)
				throw badField(`${field}.properties`, `${field}.properties must name a column.`);
			if (updateOption === "INCREMENT" || updateOption === "DECREMENT") requireSteps(properties, `${field}.properties`);
			return { actionTypeName: name, updateOption, columns: properties };
		case "SET_CALLER_ID":
			return { actionTypeName: name, ...callerOf(properties, `${field}.properties`, country) };
		case "SCHEDULE_CALLBACK": {
			const callbackOffset = Number(properties.callbackOffset);
			if (!Number.isInteger(callbackOffset) || callbackOffset < 1 || callbackOffset > mostCallbackMinutes)
				throw badField(
					`${field}.properties.callbackOffset`,
					`${field}.properties.callbackOffset must be minutes, 1 to ${mostCallbackMinutes}.`,
				);
			return { actionTypeName: name, callbackOffset };
		}
		case "INLAY_APPEND_TO_LIST": {
			const { contactListId } = properties;
			if (!contactListId)
				throw badField(
					`${field}.properties.contactListId`,
					`${field}.properties.contactListId must name a contact list.`,
				);
			return { actionTypeName: name, contactListId };
		}
		default:
			return { actionTypeName: name };
	}
}

/** @throws ApiError 400 for a column that is to be counted by what is no number; by 1 where nothing is said */
function requireSteps(columns: Record<string, string>, field: string): void {
	for (const [column, value] of Object.entries(columns))
		if (!Number.isFinite(Number(value)))
			throw badField(`${field}.${column}`, `${field}.${column} must be a number by which it is counted, such as 1.`);
}

function callerOf({ callerAddress, callerName }: Record<string, string>, field: string, country: string) {
	if (!callerAddress && !callerName)
		throw badField(field, `${field} must have a callerAddress or a callerName, or contact. and a column.`);
	const isColumn = columnIn(callerAddress) !== undefined;
	const read = isColumn || !callerAddress ? callerAddress : numberOf(callerAddress, country);
	if (callerAddress && !read)
		throw badField(`${field}.callerAddress`, `${field}.callerAddress must be a phone number, such as +3173123456.`);
	return { ...(read ? { callerAddress: read } : {}), ...(callerName ? { callerName } : {}) };
}
