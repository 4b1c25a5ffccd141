import { Badge, Checkbox, EmptyState, oneLine, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { ListScreen } from "../../shell/list-screen.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Section } from "../../shell/parts.tsx";
import { Allowed, useLack } from "../../shell/rights.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type PoliciesModel, type SettingsForm, settingsProblems } from "./policies-model.ts";
import type { RecordingPolicy } from "./policy-form.ts";
import { t } from "./strings.ts";

/** Which calls are recorded, and what holds for every recording. */
export function PoliciesScreen({ model }: { model: PoliciesModel }) {
	useUnsaved(() => model.form.changed.peek().length > 0);
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
			<Load from={model.settings}>{() => <Settings model={model} />}</Load>
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

function Settings({ model }: { model: PoliciesModel }) {
	const lack = useLack(needs.editPolicy);
	const { form: details } = model;
	const form = details.form.value;
	if (!form) return null;
	const wrong = (field: keyof SettingsForm, text: string) =>
		model.tried.value && settingsProblems(form).has(field) ? text : undefined;
	const send = async () => {
		if (await model.save()) tell(t("settingsSaved"));
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	return (
		<Allowed lack={lack}>
			<Form onSend={() => void send()}>
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
						error={wrong("resumeAfterSeconds", t("resumeProblem"))}
						onInput={(resumeAfterSeconds) => details.change({ resumeAfterSeconds })}
					/>
					<TextField
						label={t("ttl")}
						type="number"
						value={form.recordingPlaybackUrlTtl}
						error={wrong("recordingPlaybackUrlTtl", t("ttlProblem"))}
						onInput={(recordingPlaybackUrlTtl) => details.change({ recordingPlaybackUrlTtl })}
					/>
				</Section>
				<Failure error={details.saving.error.value} />
				<SaveButton details={details} />
			</Form>
			<Conflict model={model} form={form} />
		</Allowed>
	);
}

const names = {
	duringHold: "duringHold",
	resumeAfterSeconds: "resumeAfterSeconds",
	recordingPlaybackUrlTtl: "ttl",
} as const;

function Conflict({ model: { form: details }, form }: { model: PoliciesModel; form: SettingsForm }) {
	const conflict = details.conflict.value;
	if (!conflict) return null;
	const say = (value: string | boolean) => (typeof value === "boolean" ? shared(value ? "yes" : "no") : value);
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => ({
				name: t(names[field]),
				values: { mine: say(form[field]), theirs: say(conflict.theirs[field]) },
			}))}
			busy={details.saving.busy.value}
			error={details.saving.error.value}
			onResolve={async (whose) => {
				if (await details.resolve(whose)) tell(t("settingsSaved"));
			}}
			onClose={() => {
				details.conflict.value = undefined;
			}}
		/>
	);
}
