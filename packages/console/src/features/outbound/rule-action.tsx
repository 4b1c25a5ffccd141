import { mostCallbackMinutes, ruleActions } from "@inlay/contract/outbound-rules";
import { Select, TextField } from "@inlay/ui";
import { ColumnField } from "./rule-column.tsx";
import {
	actionText,
	columnsOf,
	type EditedAction,
	type EditedRule,
	freshAction,
	isMinutes,
	updateTexts,
} from "./rules-form.ts";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

export interface ActionProps {
	model: OutboundThingModel;
	category: EditedRule["category"];
	action: EditedAction;
	onChange: (action: EditedAction) => void;
}

/** One thing that a rule does. */
export function RuleAction({ model, category, action, onChange }: ActionProps) {
	const { actionTypeName, properties = {} } = action;
	const missing = (value: string | undefined, text = t("neededProblem")) =>
		model.isWrong("rules") && !value?.trim() ? text : undefined;
	const options = ruleActions[category].map((value) => ({ value, text: t(actionText(value) ?? "none") }));
	const set = (changes: Record<string, string>) => {
		const filled = Object.entries({ ...properties, ...changes }).filter(([, value]) => value !== "");
		onChange({ ...action, properties: Object.fromEntries(filled) });
	};
	return (
		<>
			<Select
				label={t("actionIs")}
				value={actionTypeName}
				options={actionTypeName === "" ? [{ value: "", text: t("chooseProblem") }, ...options] : options}
				error={missing(actionTypeName, t("chooseProblem"))}
				onChange={(value) => onChange(freshAction(value))}
			/>
			{actionTypeName === "MODIFY_CONTACT_ATTRIBUTE" && <Modified {...{ model, action, onChange }} />}
			{actionTypeName === "SET_CALLER_ID" && (
				<>
					<TextField
						label={t("callerAddress")}
						value={properties.callerAddress ?? ""}
						hint={t("callerHint")}
						error={properties.callerName?.trim() ? undefined : missing(properties.callerAddress)}
						onInput={(callerAddress) => set({ callerAddress })}
					/>
					<TextField
						label={t("callerName")}
						value={properties.callerName ?? ""}
						onInput={(callerName) => set({ callerName })}
					/>
				</>
			)}
			{actionTypeName === "SCHEDULE_CALLBACK" && (
				<TextField
					label={t("minutesUntil")}
					type="number"
					value={properties.callbackOffset ?? ""}
					error={
						isMinutes(properties.callbackOffset || "1")
							? missing(properties.callbackOffset)
							: t("wholeProblem", minutes)
					}
					onInput={(callbackOffset) => set({ callbackOffset })}
				/>
			)}
			{actionTypeName === "INLAY_APPEND_TO_LIST" && (
				<Select
					label={t("contactList")}
					value={properties.contactListId ?? ""}
					error={missing(properties.contactListId, t("chooseProblem"))}
					options={[
						{ value: "", text: t("none") },
						...(model.choices.value?.contactlists ?? []).map(({ id, name }) => ({ value: id, text: name })),
					]}
					onChange={(contactListId) => set({ contactListId })}
				/>
			)}
		</>
	);
}

const minutes = { least: "1", most: String(mostCallbackMinutes) };

/** The first column that is changed; further ones, which the API may have given, stay. */
function Modified({ model, action, onChange }: Pick<ActionProps, "model" | "action" | "onChange">) {
	const [[column, value] = ["", ""], ...others] = columnsOf(action);
	const set = (now: string, said: string) => onChange({ ...action, columns: [[now, said], ...others] });
	return (
		<>
			<ColumnField model={model} value={column} needed onChange={(now) => set(now, value)} />
			<Select
				label={t("columnBecomes")}
				value={action.updateOption ?? "SET"}
				options={updateTexts.map((one) => ({ value: one.value, text: t(one.text) }))}
				onChange={(updateOption) => onChange({ ...action, updateOption })}
			/>
			{action.updateOption !== "CURRENT_TIME" && (
				<TextField label={t("value")} value={value} onInput={(said) => set(column, said)} />
			)}
		</>
	);
}
