import { Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { ColumnsField } from "./columns-field.tsx";
import type { Field, ThingForm } from "./kind.ts";
import { RulesField } from "./rules-field.tsx";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** One field of a thing's form. */
export function OneField({ model, field, form }: { model: OutboundThingModel; field: Field; form: ThingForm }) {
	const value = form[field.key] ?? "";
	const change = (text: string) => model.details.change({ [field.key]: text });
	const error = model.isWrong(field.key) ? problemOf(field) : model.refusalOf(field.key);
	const label = t(field.label);
	switch (field.type) {
		case "check":
			return <Checkbox label={label} checked={value === "true"} onChange={(on) => change(String(on))} />;
		case "choice": {
			const options = field.options.map((one) => ({ value: one, text: t(one) }));
			return <Select label={label} value={value} options={options} error={error} onChange={change} />;
		}
		case "one": {
			const known = (model.choices.value?.[field.of] ?? []).map((one) => ({
				value: one.id,
				text: choiceText(field.of, one),
			}));
			const isUnseen = value !== "" && !known.some((one) => one.value === value);
			const unseen = isUnseen ? [{ value, text: model.unseenName(field.key, value) ?? t("unseen") }] : [];
			const options = [{ value: "", text: t("none") }, ...known, ...unseen];
			return <Select label={label} value={value} options={options} error={error} onChange={change} />;
		}
		case "several": {
			const known = (model.choices.value?.[field.of] ?? []).map(({ id, name }) => ({ id, text: <bdi>{name}</bdi> }));
			const chosen = value === "" ? [] : value.split(",");
			return (
				<>
					<Choices
						legend={label}
						{...(known.length === 0 ? { hint: t("none") } : {})}
						choices={known}
						chosen={chosen}
						onChange={(ids) => change(ids.join(","))}
					/>
					{error && <p class="ui-error">{error}</p>}
				</>
			);
		}
		case "columns":
		case "column":
			return <ColumnsField model={model} field={field} value={value} error={error} onChange={change} />;
		case "rules":
			return <RulesField model={model} form={form} error={error} />;
		case "lines":
			return <TextArea label={label} value={value} hint={hintOf(field)} error={error} onInput={change} />;
		default:
			return (
				<TextField
					label={label}
					type={field.type === "number" ? "number" : "text"}
					value={value}
					hint={hintOf(field)}
					error={error}
					onInput={change}
				/>
			);
	}
}

/** Nobody follows a script that was never published. */
function choiceText(of: string, { name, publishedDate }: { name: string; publishedDate?: unknown }): string {
	return of === "scripts" && !publishedDate ? t("unpublished", { name }) : name;
}

function hintOf(field: Field): string | undefined {
	return "hint" in field && field.hint ? t(field.hint) : undefined;
}

/** What to do about it. */
function problemOf(field: Field): string {
	if (field.type === "lines") return t("timesProblem");
	if (field.type === "rules") return t("rulesProblem");
	if (field.type !== "number") return t(("needs" in field && field.needs) || "neededProblem");
	const { least = 0, most = 3_600, fraction } = field;
	return t(fraction ? "numberProblem" : "wholeProblem", { least: String(least), most: String(most) });
}
