import type { ScriptStep } from "@inlay/contract/scripter/agent-script";
import { Select } from "@inlay/ui";
import type { Desk, Place } from "./desk.ts";
import { freshStep } from "./edit-document.ts";
import { FieldList } from "./field-list.tsx";
import { stepFields } from "./fields.ts";
import { OrderButtons } from "./order-buttons.tsx";
import { t } from "./strings.ts";

const kinds = Object.keys(stepFields) as Array<ScriptStep["kind"]>;

interface Props {
	desk: Desk;
	place: Place;
	/** When they are done. */
	label: string;
	steps: ScriptStep[];
	onChange: (steps: ScriptStep[]) => void;
}

/** What is done one after the other. */
export function StepList({ desk, place, label, steps, onChange }: Props) {
	return (
		<fieldset class="script-steps">
			<legend>{label}</legend>
			{steps.map((step, at) => (
				<fieldset key={at} class="script-part" aria-label={t(`s_${step.kind}`)}>
					<div class="script-head">
						<strong>{t(`s_${step.kind}`)}</strong>
						<OrderButtons list={steps} at={at} name={t(`s_${step.kind}`)} onChange={onChange} />
					</div>
					<div class="ui-stack">
						<FieldList
							desk={desk}
							place={place}
							fields={stepFields[step.kind]}
							of={step}
							onChange={(changed) => onChange(steps.with(at, changed))}
						/>
					</div>
				</fieldset>
			))}
			<Select
				label={t("addStep")}
				value=""
				options={[{ value: "", text: t("choose") }, ...kinds.map((kind) => ({ value: kind, text: t(`s_${kind}`) }))]}
				onChange={(kind) => {
					if (kind !== "") onChange([...steps, freshStep(kind as ScriptStep["kind"])]);
				}}
			/>
		</fieldset>
	);
}
