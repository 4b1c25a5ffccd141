import { Checkbox, Select, TextField } from "@inlay/ui";
import type { Queue } from "../../session/wire.ts";
import { Choices } from "../../shell/choices.tsx";
import type { ConflictingField } from "../../shell/conflict-dialog.tsx";
import { Load, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { type PolicyForm, queueIdsOf, queuesField } from "./policy-form.ts";
import type { PolicyModel } from "./policy-model.ts";
import { t } from "./strings.ts";

/** One recording policy, new or existing. */
export function PolicyScreen({ model }: { model: PolicyModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={(policy) => policy.name}
			list={{ screen: "recording" }}
			page={(id) => ({ screen: "recording-policy", id })}
			conflictOf={(field, mine, theirs) => conflictOf(field, mine, theirs, model.queues.value ?? [])}
		>
			{(form) => <Fields model={model} form={form} />}
		</ThingScreen>
	);
}

function Fields({ model, form }: { model: PolicyModel; form: PolicyForm }) {
	const { details } = model;
	const wrong = (field: keyof PolicyForm, text: string) => (model.isWrong(field) ? text : undefined);
	return (
		<>
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
				<Load from={model.queues}>{(known) => <Queues model={model} form={form} known={known} />}</Load>
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
			<Section title={t("consentMessage")} hint={t("consentHint")}>
				<Checkbox
					label={t("requireConsent")}
					checked={form.requireConsent}
					onChange={(requireConsent) => details.change({ requireConsent })}
				/>
				{form.requireConsent && (
					<TextField
						label={t("consentMessage")}
						labelHidden
						value={form.consentMessage}
						onInput={(consentMessage) => details.change({ consentMessage })}
					/>
				)}
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
		</>
	);
}

/** Queues that are chosen and cannot be seen stay chosen, under their id. */
function Queues({ model, form, known }: { model: PolicyModel; form: PolicyForm; known: readonly Queue[] }) {
	const chosen = queueIdsOf(form);
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

function conflictOf(
	field: keyof PolicyForm,
	mine: PolicyForm,
	theirs: PolicyForm,
	queues: readonly Queue[],
): ConflictingField {
	return {
		name: t(field === "retentionDays" ? "retention" : field),
		values: { mine: shown(field, mine, queues), theirs: shown(field, theirs, queues) },
	};
}

function shown(field: keyof PolicyForm, form: PolicyForm, queues: readonly Queue[]): string {
	if (field === "enabled" || field === "requireConsent") return shared(form[field] ? "yes" : "no");
	if (field === "direction") return t(form.direction);
	if (field !== "queues") return form[field];
	return queueIdsOf(form)
		.map((id) => queues.find((queue) => queue.id === id)?.name ?? id)
		.join(", ");
}
