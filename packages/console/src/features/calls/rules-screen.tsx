import { Checkbox, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Screen, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type RuleNumber, type RulesForm, type RulesModel, ruleRanges } from "./rules-model.ts";
import { t } from "./strings.ts";

/** What holds for consults and conferences. */
export function RulesScreen({ model }: { model: RulesModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const lack = useLack(needs.editCallRules);
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<Load from={model.loaded}>
				{() => (
					<EditedForm
						model={model}
						lack={lack}
						conflictOf={(field, mine, theirs) => plainConflict(t(field), mine[field], theirs[field])}
						onSaved={() => tell(t("saved"))}
					>
						{(form) => <Rules model={model} form={form} />}
					</EditedForm>
				)}
			</Load>
		</Screen>
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
