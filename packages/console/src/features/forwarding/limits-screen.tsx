import { Checkbox, TextArea, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Screen, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { LimitsForm, LimitsModel } from "./limits-model.ts";
import { t } from "./strings.ts";

/** What holds for everybody's call forwarding. */
export function LimitsScreen({ model }: { model: LimitsModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const lack = useLack(needs.editForwarding);
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
						{(form) => <Limits model={model} form={form} />}
					</EditedForm>
				)}
			</Load>
		</Screen>
	);
}

function Limits({ model, form }: { model: LimitsModel; form: LimitsForm }) {
	const { details } = model;
	const wrong = (field: keyof LimitsForm, text: string) => (model.isWrong(field) ? text : undefined);
	return (
		<Section title={t("limits")}>
			<Checkbox
				label={t("externalAllowed")}
				checked={form.externalAllowed}
				onChange={(externalAllowed) => details.change({ externalAllowed })}
			/>
			<Checkbox label={t("confirm")} checked={form.confirm} onChange={(confirm) => details.change({ confirm })} />
			<TextField
				label={t("ringSeconds")}
				type="number"
				value={form.ringSeconds}
				error={wrong("ringSeconds", t("ringProblem"))}
				onInput={(ringSeconds) => details.change({ ringSeconds })}
			/>
			<TextArea
				label={t("blockedPrefixes")}
				hint={t("blockedHint")}
				rows={6}
				value={form.blockedPrefixes}
				error={wrong("blockedPrefixes", t("blockedProblem"))}
				onInput={(blockedPrefixes) => details.change({ blockedPrefixes })}
			/>
		</Section>
	);
}
