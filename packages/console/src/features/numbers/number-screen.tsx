import { Select, TextArea, TextField } from "@inlay/ui";
import type { ApiError } from "../../session/api.ts";
import { isAbout } from "../../session/refusal.ts";
import type { Queue } from "../../session/wire.ts";
import type { ConflictingField } from "../../shell/conflict-dialog.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { hrefOf } from "../../shell/router.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { StateBadge } from "../trunks/state-section.tsx";
import type { Trunk } from "../trunks/trunk-form.ts";
import { type NumberForm, type Target, targets } from "./number-form.ts";
import type { NumberModel } from "./number-model.ts";
import { t } from "./strings.ts";

/** One number that people call, new or existing. */
export function NumberScreen({ model }: { model: NumberModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={(one) => one.number}
			list={{ screen: "numbers" }}
			page={(id) => ({ screen: "number", id })}
			beside={["number", "origins"]}
			conflictOf={(field, mine, theirs) => conflictOf(field, mine, theirs, model.queues.value ?? [])}
		>
			{(form) => <Fields model={model} form={form} />}
		</ThingScreen>
	);
}

function Fields({ model, form }: { model: NumberModel; form: NumberForm }) {
	const { details } = model;
	const wrong = (field: keyof NumberForm, text: string) => (model.isWrong(field) ? text : undefined);
	return (
		<>
			{model.isNew && (
				<Section title={t("number")}>
					<TextField
						label={t("number")}
						labelHidden
						type="tel"
						value={form.number}
						error={wrong("number", t("numberProblem")) ?? refusedNumber(details.saving.error.value)}
						onInput={(number) => details.change({ number })}
					/>
				</Section>
			)}
			<Section title={t("target")} hint={t("queueHint")}>
				<Select
					label={t("target")}
					labelHidden
					value={form.target}
					options={targets.map((value) => ({ value, text: t(value) }))}
					onChange={(target) => {
						model.named.value = undefined;
						details.change({ target: target as Target, userId: "", groupId: "" });
					}}
				/>
				{form.target === "queueId" ? (
					<Load from={model.queues}>{(queues) => <Queues model={model} form={form} queues={queues} />}</Load>
				) : (
					<Whom model={model} target={form.target} />
				)}
			</Section>
			{!model.isNew && model.trunks && (
				<Section title={t("trunks")} hint={t("trunksHint")}>
					<Load from={model.trunks}>{(trunks) => <Trunks trunks={trunks} />}</Load>
				</Section>
			)}
			<Section title={t("origins")} hint={t("originsHint")}>
				<TextArea
					label={t("origins")}
					labelHidden
					value={form.origins}
					rows={4}
					error={
						wrong("origins", t("originsProblem")) ??
						(isAbout(details.saving.error.value, "origins") ? t("originsProblem") : undefined)
					}
					onInput={(origins) => details.change({ origins })}
				/>
			</Section>
		</>
	);
}

/** The lines by which its calls come, each with how it stands. */
function Trunks({ trunks }: { trunks: readonly Trunk[] }) {
	const enabled = trunks.filter((one) => one.enabled);
	if (enabled.length === 0) return <p>{t("noTrunk")}</p>;
	return (
		<ul class="rows">
			{enabled.map(({ id, name, status }) => (
				<li key={id}>
					<div class="row-main">
						<a href={hrefOf({ screen: "trunk", id })}>
							<bdi>{name}</bdi>
						</a>
					</div>
					<div class="row-end">
						<StateBadge state={status?.state} />
					</div>
				</li>
			))}
		</ul>
	);
}

/** One that is taken is told as such; of all others it is said what a number is. */
function refusedNumber(error: ApiError | undefined): string | undefined {
	if (!isAbout(error, "number")) return undefined;
	return error?.code === "invalid.value" ? t("numberProblem") : refusedFor(error, "number");
}

/** A person or a group, looked for by name. */
function Whom({ model, target }: { model: NumberModel; target: "userId" | "groupId" }) {
	const { details, named } = model;
	return (
		<>
			<Picker
				key={target}
				list={target === "userId" ? model.people : model.groups}
				label={t(target)}
				searchLabel={t("search")}
				none={t("choose")}
				chosen={named.value}
				textOf={({ name }) => name}
				onChoose={(one) => {
					named.value = one;
					details.change({ [target]: one?.id ?? "" });
				}}
			/>
			{model.isWrong(target) && (
				<p class="ui-error" role="alert">
					{t("choose")}
				</p>
			)}
		</>
	);
}

/** A queue that one cannot see stays, under its id. */
function Queues({ model, form, queues }: { model: NumberModel; form: NumberForm; queues: readonly Queue[] }) {
	const isUnseen = form.queueId !== "" && !queues.some(({ id }) => id === form.queueId);
	return (
		<Select
			label={t("queue")}
			labelHidden
			value={form.queueId}
			options={[
				{ value: "", text: t("chooseQueue") },
				...queues.map(({ id, name }) => ({ value: id, text: name })),
				...(isUnseen ? [{ value: form.queueId, text: form.queueId }] : []),
			]}
			error={model.isWrong("queueId") ? t("chooseQueue") : undefined}
			onChange={(queueId) => model.details.change({ queueId })}
		/>
	);
}

function conflictOf(
	field: keyof NumberForm,
	mine: NumberForm,
	theirs: NumberForm,
	queues: readonly Queue[],
): ConflictingField {
	const shown = (form: NumberForm) =>
		field === "queueId"
			? (queues.find(({ id }) => id === form.queueId)?.name ?? form.queueId)
			: field === "target"
				? t(form.target)
				: form[field];
	return { name: t(field), values: { mine: shown(mine), theirs: shown(theirs) } };
}
