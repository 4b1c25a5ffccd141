import { Checkbox, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { Allowed, useLack } from "../../shell/rights.tsx";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type PolicyForm, policyProblems, type VoicemailPolicyModel } from "./policy-model.ts";
import { t } from "./strings.ts";

/** What holds for every mailbox. */
export function VoicemailScreen({ model }: { model: VoicemailPolicyModel }) {
	useUnsaved(() => model.form.changed.peek().length > 0);
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<Load from={model.policy}>{() => <Policy model={model} />}</Load>
		</Screen>
	);
}

const numbers = [
	["alertSeconds", "alertProblem"],
	["longestSeconds", "longestProblem"],
	["mostMessages", "mostProblem"],
	["retentionDays", "retentionProblem"],
] as const;

function Policy({ model }: { model: VoicemailPolicyModel }) {
	const lack = useLack(needs.editVoicemail);
	const { form: details } = model;
	const form = details.form.value;
	if (!form) return null;
	const problems = model.tried.value ? policyProblems(form) : new Set();
	const send = async () => {
		if (await model.save()) tell(t("saved"));
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	return (
		<Allowed lack={lack}>
			<Form onSend={() => void send()}>
				<Section title={t("rules")}>
					<Checkbox label={t("enabled")} checked={form.enabled} onChange={(enabled) => details.change({ enabled })} />
					{numbers.map(([field, problem]) => (
						<TextField
							key={field}
							label={t(field)}
							type="number"
							value={form[field]}
							{...(field === "retentionDays" ? { hint: t("retentionHint") } : {})}
							error={problems.has(field) ? t(problem) : undefined}
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
				<Failure error={details.saving.error.value} />
				<SaveButton details={details} />
			</Form>
			<Conflict model={model} form={form} />
		</Allowed>
	);
}

function Conflict({ model: { form: details }, form }: { model: VoicemailPolicyModel; form: PolicyForm }) {
	const conflict = details.conflict.value;
	if (!conflict) return null;
	const say = (value: string | boolean) => (typeof value === "boolean" ? shared(value ? "yes" : "no") : value);
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => ({
				name: t(field),
				values: { mine: say(form[field]), theirs: say(conflict.theirs[field]) },
			}))}
			busy={details.saving.busy.value}
			error={details.saving.error.value}
			onResolve={async (whose) => {
				if (await details.resolve(whose)) tell(t("saved"));
			}}
			onClose={() => {
				details.conflict.value = undefined;
			}}
		/>
	);
}
