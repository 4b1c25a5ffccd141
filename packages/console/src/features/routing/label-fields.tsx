import { Checkbox, TextField } from "@inlay/ui";
import type { Ability } from "./abilities.ts";
import { isSaid, type LabelForm } from "./label-rules.ts";
import { t } from "./strings.ts";
import type { UtilizationForm, UtilizationModel } from "./utilization-model.ts";

interface Props {
	model: UtilizationModel;
	form: UtilizationForm;
}

/** How many interactions of each label are taken at a time, and which labels interrupt it. */
export function LabelFields({ model, form }: Props) {
	const labels = model.loaded.value?.labels ?? [];
	return (
		<>
			{labels.map((label) => (
				<OneLabel key={label.id} model={model} form={form} label={label} others={labels} />
			))}
		</>
	);
}

function OneLabel({ model, form, label, others }: Props & { label: Ability; others: readonly Ability[] }) {
	const { id, name } = label;
	const capacity = `label:${id}.capacity` as const;
	const interruptedBy = (form as LabelForm)[`label:${id}.interruptedBy`] ?? [];
	return (
		<fieldset class="ui-stack">
			<legend>{t("labelNamed", { name })}</legend>
			<TextField
				label={t("labelCapacity")}
				type="number"
				value={form[capacity] ?? ""}
				error={model.isWrong(capacity) ? t("capacityProblem") : undefined}
				onInput={(text) => model.set(capacity, text)}
			/>
			{isSaid(form, id) && others.length > 1 && (
				<fieldset class="ui-stack">
					<legend>{t("interruptedBy")}</legend>
					{others
						.filter((other) => other.id !== id)
						.map((other) => (
							<Checkbox
								key={other.id}
								label={other.name}
								checked={interruptedBy.includes(other.id)}
								onChange={(isOn) => model.interruptLabel(id, other.id, isOn)}
							/>
						))}
				</fieldset>
			)}
		</fieldset>
	);
}
