import { Checkbox, Select, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import type { Queue } from "../../session/wire.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { SettingsScreen } from "../../shell/settings-screen.tsx";
import { choosable } from "../statuses/status-form.ts";
import { t as statusText } from "../statuses/strings.ts";
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

/** What agents choose by hand, and what they are in who are away. */
const straightable = [...choosable, "Offline"] as const;

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
			<Load from={model.queues}>{(queues) => <ExitQueue model={model} form={form} queues={queues} />}</Load>
			<Load from={model.shared}>{(shared) => <Overflow model={model} form={form} shared={shared} />}</Load>
			<Checkbox
				label={t("emailNotices")}
				checked={form.emailNotices}
				onChange={(emailNotices) => details.change({ emailNotices })}
			/>
			{form.emailNotices && (
				<>
					<TextField
						label={t("noticeFrom")}
						type="email"
						value={form.noticeFrom}
						hint={t("noticeFromHint")}
						error={model.isWrong("noticeFrom") ? t("noticeFromProblem") : undefined}
						onInput={(noticeFrom) => details.change({ noticeFrom })}
					/>
					<Checkbox
						label={t("noticeWithoutCaller")}
						checked={form.noticeWithoutCaller}
						onChange={(noticeWithoutCaller) => details.change({ noticeWithoutCaller })}
					/>
				</>
			)}
			<fieldset class="ui-stack">
				<legend>{t("presences")}</legend>
				{straightable.map((one) => (
					<Checkbox
						key={one}
						label={statusText(one)}
						checked={form.presences.includes(one)}
						onChange={(isOn) => {
							const others = form.presences.filter((each) => each !== one);
							details.change({ presences: isOn ? [...others, one] : others });
						}}
					/>
				))}
			</fieldset>
		</Section>
	);
}

/** A queue that one cannot see stays, under its id. */
function ExitQueue({
	model,
	form: { exitQueueId },
	queues,
}: {
	model: VoicemailPolicyModel;
	form: PolicyForm;
	queues: readonly Queue[];
}) {
	const isUnseen = exitQueueId !== "" && !queues.some(({ id }) => id === exitQueueId);
	return (
		<Select
			label={t("exitQueueId")}
			value={exitQueueId}
			options={[
				{ value: "", text: t("exitNowhere") },
				...queues.map(({ id, name }) => ({ value: id, text: name })),
				...(isUnseen ? [{ value: exitQueueId, text: exitQueueId }] : []),
			]}
			onChange={(chosen) => model.details.change({ exitQueueId: chosen })}
		/>
	);
}

/** Likewise. */
function Overflow({
	model,
	form: { overflow },
	shared,
}: {
	model: VoicemailPolicyModel;
	form: PolicyForm;
	shared: ReadonlyArray<{ value: string; name: string }>;
}) {
	const isUnseen = overflow !== "" && !shared.some(({ value }) => value === overflow);
	return (
		<Select
			label={t("overflow")}
			value={overflow}
			options={[
				{ value: "", text: t("exitNowhere") },
				...shared.map(({ value, name }) => ({
					value,
					text: t(value.startsWith("group:") ? "ofGroup" : "ofQueue", { name }),
				})),
				...(isUnseen ? [{ value: overflow, text: overflow }] : []),
			]}
			onChange={(chosen) => model.details.change({ overflow: chosen })}
		/>
	);
}
