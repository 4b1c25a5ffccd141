import { Checkbox, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Screen, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { PolicyForm, VoicemailPolicyModel } from "./policy-model.ts";
import { t } from "./strings.ts";

/** What holds for every mailbox. */
export function VoicemailScreen({ model }: { model: VoicemailPolicyModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const lack = useLack(needs.editVoicemail);
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

const numbers = [
	["alertSeconds", "alertProblem"],
	["longestSeconds", "longestProblem"],
	["mostMessages", "mostProblem"],
	["retentionDays", "retentionProblem"],
] as const;

function Rules({ model, form }: { model: VoicemailPolicyModel; form: PolicyForm }) {
	const { details } = model;
	return (
		<Section title={t("rules")}>
			<Checkbox label={t("enabled")} checked={form.enabled} onChange={(enabled) => details.change({ enabled })} />
			{numbers.map(([field, problem]) => (
				<TextField
					key={field}
					label={t(field)}
					type="number"
					value={form[field]}
					{...(field === "retentionDays" ? { hint: t("retentionHint") } : {})}
					error={model.isWrong(field) ? t(problem) : undefined}
					onInput={(value) => details.change({ [field]: value })}
				/>
			))}
			<TextField
				label={t("presences")}
				hint={t("presencesHint")}
				value={form.presences}
				onInput={(presences) => details.change({ presences })}
			/>
		</Section>
	);
}
