import { Badge, Checkbox, EmptyState, oneLine, Select, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { ListScreen } from "../../shell/list-screen.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type FileFormat, fileFormats, type PoliciesModel, type SettingsForm } from "./policies-model.ts";
import type { RecordingPolicy } from "./policy-form.ts";
import { SpeechSection } from "./speech-section.tsx";
import { t } from "./strings.ts";

/** Which calls are recorded, and what holds for every recording. */
export function PoliciesScreen({ model }: { model: PoliciesModel }) {
	useUnsaved(() => [model.settings, model.speech].some(({ details }) => details.changed.peek().length > 0));
	return (
		<ListScreen
			title={t("title")}
			lead={t("lead")}
			need={needs.addPolicy}
			add={t("add")}
			onAdd={() => goTo({ screen: "new-recording-policy" })}
		>
			<Load from={model.policies}>
				{(policies) =>
					policies.length === 0 ? (
						<div class="ui-card">
							<EmptyState icon="record" title={t("emptyTitle")}>
								<p>{t("emptyText")}</p>
							</EmptyState>
						</div>
					) : (
						<div class="ui-stack">
							{policies.length > 1 && <p class="ui-muted">{t("order")}</p>}
							<ul class="rows">
								{policies.map((policy) => (
									<Row key={policy.id} policy={policy} />
								))}
							</ul>
						</div>
					)
				}
			</Load>
			<Load from={model.settings.loaded}>{() => <Settings model={model.settings} />}</Load>
			<Load from={model.speech.loaded}>{() => <SpeechSection model={model.speech} />}</Load>
		</ListScreen>
	);
}

function Row({ policy }: { policy: RecordingPolicy }) {
	const { queueIds, direction, percent, retentionDays } = policy;
	const facts = oneLine([
		queueIds.length === 0 ? t("everyQueue") : t("queueCount", { count: queueIds.length }),
		direction ? t(direction) : undefined,
		percent < 100 ? t("share", { percent }) : undefined,
		retentionDays === null ? t("keptForever") : t("keptDays", { count: retentionDays }),
	]);
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "recording-policy", id: policy.id })}>
					<bdi>{policy.name}</bdi>
				</a>
				<span class="ui-muted">{facts}</span>
			</div>
			<div class="row-end">{!policy.enabled && <Badge tone="warn">{t("off")}</Badge>}</div>
		</li>
	);
}

function Settings({ model }: { model: PoliciesModel["settings"] }) {
	const lack = useLack(needs.editPolicy);
	const { details } = model;
	return (
		<EditedForm
			model={model}
			lack={lack}
			conflictOf={(field, mine, theirs) => plainConflict(t(names[field]), said(field, mine), said(field, theirs))}
			onSaved={() => tell(t("settingsSaved"))}
		>
			{(form) => (
				<Section title={t("settings")}>
					<Checkbox
						label={t("duringHold")}
						checked={form.duringHold}
						onChange={(duringHold) => details.change({ duringHold })}
					/>
					<TextField
						label={t("resumeAfterSeconds")}
						type="number"
						value={form.resumeAfterSeconds}
						error={model.isWrong("resumeAfterSeconds") ? t("resumeProblem") : undefined}
						onInput={(resumeAfterSeconds) => details.change({ resumeAfterSeconds })}
					/>
					<TextField
						label={t("beepSeconds")}
						type="number"
						value={form.beepSeconds}
						hint={t("beepHint")}
						error={model.isWrong("beepSeconds") ? t("beepProblem") : undefined}
						onInput={(beepSeconds) => details.change({ beepSeconds })}
					/>
					<TextField
						label={t("ttl")}
						type="number"
						value={form.recordingPlaybackUrlTtl}
						error={model.isWrong("recordingPlaybackUrlTtl") ? t("ttlProblem") : undefined}
						onInput={(recordingPlaybackUrlTtl) => details.change({ recordingPlaybackUrlTtl })}
					/>
					<Select
						label={t("fileFormat")}
						value={form.fileFormat}
						options={fileFormats.map((value) => ({ value, text: t(value) }))}
						onChange={(value) => details.change({ fileFormat: value as FileFormat })}
					/>
				</Section>
			)}
		</EditedForm>
	);
}

function said(field: keyof SettingsForm, form: SettingsForm): string | boolean {
	return field === "fileFormat" ? t(form.fileFormat) : form[field];
}

const names = {
	duringHold: "duringHold",
	resumeAfterSeconds: "resumeAfterSeconds",
	beepSeconds: "beepSeconds",
	recordingPlaybackUrlTtl: "ttl",
	fileFormat: "fileFormat",
} as const;
