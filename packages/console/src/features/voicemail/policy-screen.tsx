import { Checkbox, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Section } from "../../shell/parts.tsx";
import { SettingsScreen } from "../../shell/settings-screen.tsx";
import type { PolicyForm, VoicemailPolicyModel } from "./policy-model.ts";
import { t } from "./strings.ts";

/** What holds for every mailbox. */
export function VoicemailScreen({ model }: { model: VoicemailPolicyModel }) {
	return (
		<SettingsScreen
			model={model}
			need={needs.editVoicemail}
			title={t("title")}
			lead={t("lead")}
			saved={t("saved")}
			nameOf={(field) => t(field)}
		>
			{(form) => <Rules model={model} form={form} />}
		</SettingsScreen>
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
