import { Select, TextField } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { ColumnField } from "./rule-column.tsx";
import {
	comparisonOf,
	comparisons,
	conditionTypes,
	type EditedCondition,
	type EditedRule,
	freshCondition,
} from "./rules-form.ts";
import { type OutboundKey, t } from "./strings.ts";
import { systemCodes } from "./system-codes.ts";
import type { OutboundThingModel } from "./thing-model.ts";

export interface ConditionProps {
	model: OutboundThingModel;
	category: EditedRule["category"];
	condition: EditedCondition;
	onChange: (condition: EditedCondition) => void;
}

/** One condition of a rule: what it asks for, and what that must be. */
export function RuleCondition({ model, category, condition, onChange }: ConditionProps) {
	const { type } = condition;
	const problem = (isMissing: boolean) => (model.isWrong("rules") && isMissing ? t("neededProblem") : undefined);
	const codesProblem = problem(condition.codes?.length === 0);
	const options = conditionTypes[category].map((value) => ({ value, text: t(value as OutboundKey) }));
	return (
		<>
			<Select
				label={t("conditionAbout")}
				value={type}
				options={options}
				onChange={(value) => onChange({ ...freshCondition(value), inverted: condition.inverted === true })}
			/>
			{type === "wrapupCondition" && (
				<Codes {...{ condition, onChange }} error={codesProblem} known={codesOf(model, condition)} />
			)}
			{type === "systemDispositionCondition" && (
				<Codes {...{ condition, onChange }} error={codesProblem} known={systemCodes.map((id) => ({ id, text: id }))} />
			)}
			{type === "contactAttributeCondition" && (
				<ColumnField
					model={model}
					value={condition.attributeName ?? ""}
					needed
					onChange={(attributeName) => onChange({ ...condition, attributeName })}
				/>
			)}
			{type === "contactPropertyCondition" && (
				<ColumnField
					model={model}
					value={condition.property ?? ""}
					none={t("anyNumber")}
					onChange={(property) => onChange(attemptOf(condition, property))}
				/>
			)}
			{!condition.codes && type !== "phoneNumberTypeCondition" && <Compared {...{ condition, onChange }} />}
			{!condition.codes && (
				<TextField
					label={t("value")}
					value={condition.value ?? ""}
					hint={condition.valueType === "PERIOD" ? t("periodHint") : undefined}
					error={problem(!condition.value?.trim())}
					onInput={(value) => onChange({ ...condition, value })}
				/>
			)}
		</>
	);
}

type Part = Pick<ConditionProps, "condition" | "onChange">;

interface CodesProps extends Part {
	known: ReadonlyArray<{ id: string; text: string }>;
	error: string | undefined;
}

function Codes({ condition, onChange, known, error }: CodesProps) {
	return (
		<Choices
			legend={t("codes")}
			{...(error ? { error } : {})}
			choices={known}
			chosen={condition.codes ?? []}
			onChange={(codes) => onChange({ ...condition, codes })}
		/>
	);
}

function Compared({ condition, onChange }: Part) {
	const isPeriod = condition.type === "contactPropertyCondition";
	const fitting = comparisons.filter((one) => (one.period === true) === isPeriod);
	const now = comparisonOf(condition);
	const known = fitting.map(({ value, text }) => ({ value, text: t(text) }));
	const options = known.some((one) => one.value === now) ? known : [...known, { value: now, text: now }];
	return (
		<Select
			label={t("compared")}
			value={now}
			options={options}
			onChange={(chosen) => {
				const [valueType = "STRING", operator = "EQUALS"] = chosen.split(" ");
				onChange({ ...condition, valueType, operator });
			}}
		/>
	);
}

function codesOf(model: OutboundThingModel, { codes = [] }: EditedCondition) {
	const known = (model.choices.value?.wrapupcodes ?? []).map(({ id, name }) => ({ id, text: name }));
	return [...known, ...codes.filter((id) => !known.some((one) => one.id === id)).map((id) => ({ id, text: id }))];
}

function attemptOf({ property: _before, ...condition }: EditedCondition, column: string): EditedCondition {
	if (column === "") return { ...condition, propertyType: "LAST_ATTEMPT_OVERALL" };
	return { ...condition, propertyType: "LAST_ATTEMPT_BY_COLUMN", property: column };
}
