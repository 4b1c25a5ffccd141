import { Select, TextArea, TextField } from "@inlay/ui";
import type { Queue } from "../../session/wire.ts";
import type { ConflictingField } from "../../shell/conflict-dialog.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import type { NumberForm } from "./number-form.ts";
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
			beside={["number"]}
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
						error={wrong("number", t("numberProblem")) ?? refusedFor(details.saving.error.value, "number")}
						onInput={(number) => details.change({ number })}
					/>
				</Section>
			)}
			<Section title={t("queue")} hint={t("queueHint")}>
				<Load from={model.queues}>{(queues) => <Queues model={model} form={form} queues={queues} />}</Load>
			</Section>
			<Section title={t("origins")} hint={t("originsHint")}>
				<TextArea
					label={t("origins")}
					labelHidden
					value={form.origins}
					rows={4}
					error={wrong("origins", t("originsProblem"))}
					onInput={(origins) => details.change({ origins })}
				/>
			</Section>
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
		field === "queueId" ? (queues.find(({ id }) => id === form.queueId)?.name ?? form.queueId) : form[field];
	const names = { number: "number", queueId: "queue", origins: "origins" } as const;
	return { name: t(names[field]), values: { mine: shown(mine), theirs: shown(theirs) } };
}
