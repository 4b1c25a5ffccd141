import { Checkbox, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Section } from "../../shell/parts.tsx";
import { SettingsScreen } from "../../shell/settings-screen.tsx";
import { type RuleNumber, type RulesForm, type RulesModel, ruleRanges } from "./rules-model.ts";
import { t } from "./strings.ts";

/** What holds for consults and conferences. */
export function RulesScreen({ model }: { model: RulesModel }) {
	return (
		<SettingsScreen
			model={model}
			need={needs.editCallRules}
			title={t("title")}
			lead={t("lead")}
			saved={t("saved")}
			nameOf={(field) => t(field)}
		>
			{(form) => <Rules model={model} form={form} />}
		</SettingsScreen>
	);
}

function Rules({ model, form }: { model: RulesModel; form: RulesForm }) {
	const { details } = model;
	return (
		<>
			<Section title={t("consults")}>
				<NumberField model={model} form={form} name="consultRingSeconds" />
				<NumberField model={model} form={form} name="unattendedRingSeconds" />
				<Checkbox
					label={t("recordConsult")}
					checked={form.recordConsult}
					onChange={(recordConsult) => details.change({ recordConsult })}
				/>
			</Section>
			<Section title={t("conferences")}>
				<NumberField model={model} form={form} name="maxParties" />
				<Checkbox
					label={t("bridgesAllowed")}
					checked={form.bridgesAllowed}
					onChange={(bridgesAllowed) => details.change({ bridgesAllowed })}
				/>
			</Section>
		</>
	);
}

function NumberField({ model, form, name }: { model: RulesModel; form: RulesForm; name: RuleNumber }) {
	const [least, most] = ruleRanges[name];
	return (
		<TextField
			label={t(name)}
			type="number"
			value={form[name]}
			error={model.isWrong(name) ? t("between", { least: String(least), most: String(most) }) : undefined}
			onInput={(value) => model.details.change({ [name]: value })}
		/>
	);
}
