import { isWhole } from "../recording/policy-form.ts";
import type { Ability } from "./abilities.ts";

/** `LabelUtilizationResponse`, as far as the form shows it. */
export interface LabelRule {
	maximumCapacity: number;
	interruptingLabelIds: string[];
}

export type LabelRules = Readonly<Record<string, LabelRule>>;

/** Of each label how many are taken at a time, empty where nothing is said of it, and what may interrupt it. */
export type LabelForm = Record<`label:${string}.capacity`, string> & Record<`label:${string}.interruptedBy`, string[]>;

export function labelFormOf(labels: readonly Ability[], rules: LabelRules): LabelForm {
	const entries = labels.flatMap(({ id }) => {
		const rule = rules[id];
		return [
			[`label:${id}.capacity`, rule ? String(rule.maximumCapacity) : ""],
			[
				`label:${id}.interruptedBy`,
				labels.flatMap((one) => (rule?.interruptingLabelIds.includes(one.id) ? one.id : [])),
			],
		] as const;
	});
	return Object.fromEntries(entries) as LabelForm;
}

/** @param labels that there are: of one that was deleted meanwhile what was typed is nothing any more */
export function labelRulesOf(form: LabelForm, labels: readonly Ability[]): LabelRules {
	const all = labels.map(({ id }) => id);
	const said = all.filter((id) => isSaid(form, id));
	const entry = (id: string) => [
		id,
		{
			maximumCapacity: Number(form[`label:${id}.capacity`]),
			// Of a label that nobody limits any more nothing is said, and so it interrupts what it will.
			interruptingLabelIds: (form[`label:${id}.interruptedBy`] ?? []).filter((one) => all.includes(one)),
		},
	];
	return Object.fromEntries(said.map(entry));
}

/** @param labels that there are */
export function labelProblems(form: LabelForm, labels: readonly Ability[], largest: number): Array<keyof LabelForm> {
	const wrong = (id: string) => isSaid(form, id) && !isWhole(form[`label:${id}.capacity`] ?? "", 0, largest);
	return labels
		.map(({ id }) => id)
		.filter(wrong)
		.map((id) => `label:${id}.capacity` as const);
}

/** Whether anything is said of the label. */
export function isSaid(form: LabelForm, id: string): boolean {
	return (form[`label:${id}.capacity`] ?? "").trim() !== "";
}
