import { Checkbox, Select, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import type { ConflictingField } from "../../shell/conflict-dialog.tsx";
import { DivisionSection } from "../../shell/division-section.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { OwnerVoicemailSection } from "../voicemail/owner-section.tsx";
import { CallbackSection } from "./callback-section.tsx";
import { CodesSection } from "./codes-section.tsx";
import { MembersSection } from "./members-section.tsx";
import {
	isTimed,
	lastAgents,
	type QueueForm,
	scoringMethods,
	scriptFields,
	skillMethods,
	tellCallers,
	tellsCallers,
	wrapupPrompts,
} from "./queue-form.ts";
import type { NamedLabel, QueueModel } from "./queues-model.ts";
import { RingsSection } from "./rings-section.tsx";
import { ScriptsSection } from "./scripts-section.tsx";
import { t } from "./strings.ts";

/** One queue, new or existing. */
export function QueueScreen({ model }: { model: QueueModel }) {
	const queue = model.details.base.value;
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={(queue) => queue.name}
			list={{ screen: "queues" }}
			page={(id) => ({ screen: "queue", id })}
			conflictOf={(field, mine, theirs) => conflictOf(model, field, mine, theirs)}
			beside={["name", "description"]}
			place={model.place}
			below={
				<>
					{model.members && queue && <MembersSection members={model.members} queue={queue} />}
					{model.codes && <CodesSection codes={model.codes} lack={model.lack} />}
					<DivisionSection moving={model.moving} of={model.details.base.value} need={needs.editQueue} />
					{model.voicemail && <OwnerVoicemailSection model={model.voicemail} />}
				</>
			}
		>
			{(form) => (
				<>
					<Naming model={model} form={form} />
					<Routing model={model} form={form} />
					<RingsSection model={model} form={form} />
					<Calls model={model} form={form} />
					<CallbackSection model={model} form={form} />
					<AfterCallWork model={model} form={form} />
					<ScriptsSection model={model} form={form} />
				</>
			)}
		</ThingScreen>
	);
}

interface Part {
	model: QueueModel;
	form: QueueForm;
}

function Naming({ model, form }: Part) {
	const { details } = model;
	const error = details.saving.error.value;
	return (
		<Section title={t("name")}>
			<TextField
				label={t("name")}
				labelHidden
				value={form.name}
				required
				error={model.isWrong("name") ? t("nameProblem") : refusedFor(error, "name")}
				onInput={(name) => details.change({ name })}
			/>
			<TextField
				label={t("description")}
				value={form.description}
				error={refusedFor(error, "description")}
				onInput={(description) => details.change({ description })}
			/>
		</Section>
	);
}

function Routing({ model: { details, labels }, form }: Part) {
	return (
		<Section title={t("routing")}>
			<Select
				label={t("scoringMethod")}
				value={form.scoringMethod}
				options={scoringMethods.map((value) => ({ value, text: t(value) }))}
				onChange={(value) => details.change({ scoringMethod: value as QueueForm["scoringMethod"] })}
			/>
			<Select
				label={t("skillEvaluationMethod")}
				value={form.skillEvaluationMethod}
				options={skillMethods.map((value) => ({ value, text: t(value) }))}
				onChange={(value) => details.change({ skillEvaluationMethod: value as QueueForm["skillEvaluationMethod"] })}
			/>
			<Select
				label={t("lastAgent")}
				value={form.lastAgent}
				options={lastAgents.map((value) => ({ value, text: t(`lastAgent_${value}`) }))}
				onChange={(value) => details.change({ lastAgent: value as QueueForm["lastAgent"] })}
			/>
			<Load from={labels}>
				{(all) => (
					<Select
						label={t("label")}
						value={form.label}
						options={[{ value: "", text: t("noLabel") }, ...namedLabels(all, form.label)]}
						onChange={(label) => details.change({ label })}
					/>
				)}
			</Load>
		</Section>
	);
}

/** One that one may not see stays, under its id. */
function namedLabels(all: readonly NamedLabel[], chosen: string) {
	const isUnseen = chosen !== "" && !all.some(({ id }) => id === chosen);
	return [...all, ...(isUnseen ? [{ id: chosen, name: chosen }] : [])].map(({ id, name }) => ({
		value: id,
		text: name,
	}));
}

function Calls(part: Part) {
	return (
		<Section title={t("calls")}>
			<WholeNumber {...part} field="alertingSeconds" problem="alertingProblem" />
			<WholeNumber {...part} field="percentage" problem="percentageProblem" />
			<WholeNumber {...part} field="withinSeconds" problem="withinProblem" />
			<Select
				label={t("tellCallers")}
				value={part.form.tellCallers}
				options={tellCallers.map((value) => ({ value, text: t(`tellCallers_${value}`) }))}
				onChange={(value) => part.model.details.change({ tellCallers: value as QueueForm["tellCallers"] })}
			/>
			{tellsCallers(part.form) && <WholeNumber {...part} field="tellCallersSeconds" problem="tellCallersProblem" />}
			<Checkbox
				label={t("transcribes")}
				checked={part.form.transcribes}
				onChange={(transcribes) => part.model.details.change({ transcribes })}
			/>
			<p class="ui-muted">{t("transcribesHint")}</p>
			{part.form.transcribes && (
				<TextField
					label={t("spokenLanguage")}
					value={part.form.spokenLanguage}
					hint={t("spokenLanguageHint")}
					error={part.model.isWrong("spokenLanguage") ? t("spokenLanguageProblem") : undefined}
					onInput={(spokenLanguage) => part.model.details.change({ spokenLanguage })}
				/>
			)}
		</Section>
	);
}

function AfterCallWork(part: Part) {
	const { model, form } = part;
	return (
		<Section title={t("afterCallWork")}>
			<Select
				label={t("wrapupPrompt")}
				value={form.wrapupPrompt}
				options={wrapupPrompts.map((value) => ({ value, text: t(value) }))}
				onChange={(value) => model.details.change({ wrapupPrompt: value as QueueForm["wrapupPrompt"] })}
			/>
			{isTimed(form) && <WholeNumber {...part} field="timeoutSeconds" problem="timeoutProblem" />}
		</Section>
	);
}

type NumberField = "alertingSeconds" | "percentage" | "withinSeconds" | "timeoutSeconds" | "tellCallersSeconds";

function WholeNumber(props: Part & { field: NumberField; problem: Parameters<typeof t>[0] }) {
	const { model, form, field, problem } = props;
	return (
		<TextField
			label={t(field)}
			type="number"
			value={form[field]}
			error={model.isWrong(field) ? t(problem) : undefined}
			onInput={(value) => model.details.change({ [field]: value })}
		/>
	);
}

function conflictOf(model: QueueModel, field: keyof QueueForm, mine: QueueForm, theirs: QueueForm): ConflictingField {
	// What has parts of its own, or belongs to media that the form does not show, fits into no line.
	if (field === "otherScripts" || field === "rings") return { name: t(field) };
	return { name: t(field), values: { mine: shown(model, field, mine), theirs: shown(model, field, theirs) } };
}

function shown({ scripts, labels }: QueueModel, field: keyof QueueForm, form: QueueForm): string {
	const value = form[field];
	if (typeof value === "boolean") return t(value ? "yes" : "no");
	if (scriptFields.some((one) => one === field))
		return value === "" ? t("noScript") : (scripts.value?.find(({ id }) => id === value)?.name ?? value);
	if (field === "label") return labels.value?.find(({ id }) => id === form.label)?.name ?? (form.label || t("noLabel"));
	if (field === "tellCallers") return t(`tellCallers_${form.tellCallers}`);
	if (field === "lastAgent") return t(`lastAgent_${form.lastAgent}`);
	return isChosen(field) ? t(form[field]) : value;
}

/** Fields whose values are keys of their texts. */
const chosen = [
	...(["scoringMethod", "skillEvaluationMethod", "callbackMode"] as const),
	...(["afterRetries", "afterOwner", "wrapupPrompt"] as const),
];

const isChosen = (field: keyof QueueForm): field is (typeof chosen)[number] => chosen.some((one) => one === field);
