import { Checkbox, Select, TextField } from "@inlay/ui";
import type { Queue } from "../../session/wire.ts";
import { Choices } from "../../shell/choices.tsx";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import { Allowed } from "../../shell/rights.tsx";
import { leaveTo } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type PolicyForm, queueIdsOf, queuesField } from "./policy-form.ts";
import type { PolicyModel } from "./policy-model.ts";
import { t } from "./strings.ts";

/** One recording policy, new or existing. */
export function PolicyScreen({ model }: { model: PolicyModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const policy = model.details.base.value;
	return (
		<Screen
			title={model.isNew ? t("addTitle") : (policy?.name ?? t("title"))}
			back={{ to: { screen: "recording" }, text: t("all") }}
			actions={policy && !model.isNew && !model.lackToDelete && <Remove model={model} name={policy.name} />}
		>
			<Load from={model.policy}>{() => <Details model={model} />}</Load>
			<Conflict model={model} />
		</Screen>
	);
}

function Details({ model }: { model: PolicyModel }) {
	const { details } = model;
	const form = details.form.value;
	if (!form) return null;
	const wrong = (field: keyof PolicyForm, text: string) =>
		model.tried.value && model.problems.value.has(field) ? text : undefined;
	const send = async () => {
		if (await model.save()) saved(model);
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	return (
		<Allowed lack={model.lack}>
			<Form onSend={() => void send()}>
				<Section title={t("name")}>
					<TextField
						label={t("name")}
						labelHidden
						value={form.name}
						error={wrong("name", t("nameProblem"))}
						onInput={(name) => details.change({ name })}
					/>
					<Checkbox label={t("enabled")} checked={form.enabled} onChange={(enabled) => details.change({ enabled })} />
				</Section>
				<Section title={t("which")}>
					<Queues model={model} form={form} />
					<Select
						label={t("direction")}
						value={form.direction}
						options={(["both", "inbound", "outbound"] as const).map((value) => ({ value, text: t(value) }))}
						onChange={(direction) => details.change({ direction: direction as PolicyForm["direction"] })}
					/>
					<TextField
						label={t("percent")}
						type="number"
						value={form.percent}
						error={wrong("percent", t("percentProblem"))}
						onInput={(percent) => details.change({ percent })}
					/>
				</Section>
				<Section title={t("retention")} hint={t("retentionHint")}>
					<TextField
						label={t("retentionDays")}
						type="number"
						value={form.retentionDays}
						error={wrong("retentionDays", t("retentionProblem"))}
						onInput={(retentionDays) => details.change({ retentionDays })}
					/>
				</Section>
				<Failure error={details.saving.error.value} />
				<SaveButton details={details} create={model.isNew && t("create")} />
			</Form>
		</Allowed>
	);
}

/** Queues that are chosen and cannot be seen stay chosen, under their id. */
function Queues({ model, form }: { model: PolicyModel; form: PolicyForm }) {
	const chosen = queueIdsOf(form);
	const known = model.queues.value;
	const unseen = chosen.filter((id) => !known.some((queue) => queue.id === id));
	return (
		<Choices
			legend={t("queues")}
			hint={t("queuesHint")}
			columns
			choices={[
				...known.map(({ id, name }) => ({ id, text: <bdi>{name}</bdi> })),
				...unseen.map((id) => ({ id, text: <bdi>{id}</bdi> })),
			]}
			chosen={chosen}
			onChange={(ids) => model.details.change({ queues: queuesField(ids) })}
		/>
	);
}

function Conflict({ model }: { model: PolicyModel }) {
	const { details } = model;
	const conflict = details.conflict.value;
	const form = details.form.value;
	if (!conflict || !form) return null;
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => ({
				name: t(field === "retentionDays" ? "retention" : field),
				values: {
					mine: shown(field, form, model.queues.value),
					theirs: shown(field, conflict.theirs, model.queues.value),
				},
			}))}
			busy={details.saving.busy.value}
			error={details.saving.error.value}
			onResolve={async (whose) => {
				if (await details.resolve(whose)) saved(model);
			}}
			onClose={() => {
				details.conflict.value = undefined;
			}}
		/>
	);
}

function shown(field: keyof PolicyForm, form: PolicyForm, queues: readonly Queue[]): string {
	if (field === "enabled") return shared(form.enabled ? "yes" : "no");
	if (field === "direction") return t(form.direction);
	if (field !== "queues") return form[field];
	return queueIdsOf(form)
		.map((id) => queues.find((queue) => queue.id === id)?.name ?? id)
		.join(", ");
}

function Remove({ model, name }: { model: PolicyModel; name: string }) {
	return (
		<RemoveButton
			label={t("remove")}
			title={t("removeTitle", { name })}
			text={t("removeText")}
			task={model.removing}
			onConfirm={async () => {
				if (!(await model.remove())) return;
				leaveTo({ screen: "recording" });
				tell(t("removed", { name }));
			}}
		/>
	);
}

function saved(model: PolicyModel): void {
	const policy = model.details.base.peek();
	if (!policy) return;
	if (model.isNew) leaveTo({ screen: "recording-policy", id: policy.id });
	tell(t(model.isNew ? "created" : "saved", { name: policy.name }));
}
