import { Button, Checkbox, IconButton, Select, TextField } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import type { ThingForm } from "./kind.ts";
import { RuleAction } from "./rule-action.tsx";
import { RuleCondition } from "./rule-condition.tsx";
import {
	askedAt,
	conditionTypes,
	type EditedRule,
	freshCondition,
	freshRule,
	namesOf,
	nothing,
	rulesIn,
} from "./rules-form.ts";
import "./rules.css";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** The rules of a set, one after the other as they are followed. */
export function RulesField({
	model,
	form,
	error,
}: {
	model: OutboundThingModel;
	form: ThingForm;
	error?: string | undefined;
}) {
	const rules = rulesIn(form.rules);
	const names = namesOf(rules, (number, name) => `${t("ruleNumber", { number: String(number) })} ${name}`);
	const change = (now: EditedRule[]) => model.details.change({ rules: JSON.stringify(now) });
	const move = (at: number, to: number) => {
		const rule = rules[at];
		if (rule && to >= 0 && to < rules.length) change(rules.toSpliced(at, 1).toSpliced(to, 0, rule));
	};
	const replace = (at: number, rule: EditedRule) => change(rules.with(at, rule));
	return (
		<div class="ui-stack" data-rules>
			{rules.map((rule, at) => (
				<Rule
					key={rule.id ?? at}
					model={model}
					rule={rule}
					name={names[at] ?? ""}
					onChange={(now) => replace(at, now)}
					onRemove={() => change(rules.toSpliced(at, 1))}
					order={<Order at={at} names={names} onMove={move} />}
				/>
			))}
			{error && <p class="ui-error">{error}</p>}
			<div class="form-actions">
				<Button icon="plus" onClick={() => change([...rules, freshRule()])}>
					{t("addRule")}
				</Button>
			</div>
		</div>
	);
}

/** Rules are followed from the first to the last. */
function Order(props: { at: number; names: readonly string[]; onMove: (at: number, to: number) => void }) {
	const { at, names, onMove } = props;
	const name = names[at] ?? "";
	const step = (icon: "up" | "down", to: number, last: number) => (
		<IconButton
			icon={icon}
			size="small"
			label={t(icon, { name })}
			aria-disabled={at === last}
			onClick={() => onMove(at, to)}
		/>
	);
	return (
		<div class="form-actions" hidden={names.length < 2}>
			{step("up", at - 1, 0)}
			{step("down", at + 1, names.length - 1)}
		</div>
	);
}

interface RuleProps {
	model: OutboundThingModel;
	rule: EditedRule;
	/** What it is called among the others. */
	name: string;
	onChange: (rule: EditedRule) => void;
	onRemove: () => void;
	/** Moves it among the others. */
	order: ComponentChildren;
}

function Rule({ model, rule, name, onChange, onRemove, order }: RuleProps) {
	const { category, conditions, actions } = rule;
	const when = (["DIALER_PRECALL", "DIALER_WRAPUP"] as const).map((value) => ({ value, text: t(value) }));
	const set = (changes: Partial<EditedRule>) => onChange({ ...rule, ...changes });
	return (
		<fieldset class="outbound-rule ui-stack">
			<legend>{name}</legend>
			{order}
			<TextField
				label={t("name")}
				value={rule.name}
				error={model.isWrong("rules") && rule.name.trim() === "" ? t("neededProblem") : undefined}
				onInput={(typed) => set({ name: typed })}
			/>
			<Select
				label={t("ruleWhen")}
				value={category}
				options={when}
				onChange={(value) => onChange(askedAt(rule, value as EditedRule["category"]))}
			/>
			<p class="ui-muted">{t(conditions.length === 0 ? "ruleAlways" : "ruleConditions")}</p>
			{conditions.map((one, at) => (
				<div class="outbound-rule-part" key={at}>
					<RuleCondition
						model={model}
						category={category}
						condition={one}
						onChange={(now) => set({ conditions: conditions.with(at, now) })}
					/>
					<Checkbox
						label={t("inverted")}
						checked={one.inverted === true}
						onChange={(inverted) => set({ conditions: conditions.with(at, { ...one, inverted }) })}
					/>
					<Button onClick={() => set({ conditions: conditions.toSpliced(at, 1) })}>{t("removeOne")}</Button>
				</div>
			))}
			<p class="ui-muted">{t("ruleActions")}</p>
			{actions.map((one, at) => (
				<div class="outbound-rule-part" key={at}>
					<RuleAction
						model={model}
						category={category}
						action={one}
						onChange={(now) => set({ actions: actions.with(at, now) })}
					/>
					{actions.length > 1 && (
						<Button onClick={() => set({ actions: actions.toSpliced(at, 1) })}>{t("removeOne")}</Button>
					)}
				</div>
			))}
			<div class="form-actions">
				<Button
					icon="plus"
					onClick={() => set({ conditions: [...conditions, freshCondition(conditionTypes[category][0])] })}
				>
					{t("addCondition")}
				</Button>
				<Button icon="plus" onClick={() => set({ actions: [...actions, nothing] })}>
					{t("addAction")}
				</Button>
				<Button onClick={onRemove}>{t("removeEntry", { name })}</Button>
			</div>
		</fieldset>
	);
}
