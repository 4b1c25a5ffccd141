import { Select } from "@inlay/ui";
import { Load, Section } from "../../shell/parts.tsx";
import { type QueueForm, scriptFields } from "./queue-form.ts";
import type { QueueModel, ScriptName } from "./queues-model.ts";
import { t } from "./strings.ts";

interface Part {
	model: QueueModel;
	form: QueueForm;
}

/** Which script agents follow in the queue's interactions, by medium. */
export function ScriptsSection({ model, form }: Part) {
	return (
		<Section title={t("scripts")} hint={t("scriptsHint")}>
			<Load from={model.scripts}>{(scripts) => <Fields model={model} form={form} scripts={scripts} />}</Load>
		</Section>
	);
}

/** A script that one may not see stays, under its id. */
function Fields({ model, form, scripts }: Part & { scripts: readonly ScriptName[] }) {
	return (
		<>
			{scriptFields.map((field) => {
				const isUnseen = form[field] !== "" && !scripts.some(({ id }) => id === form[field]);
				return (
					<Select
						key={field}
						label={t(field)}
						value={form[field]}
						options={[
							{ value: "", text: t("noScript") },
							...scripts.map(({ id, name, publishedDate }) => ({
								value: id,
								text: publishedDate ? name : t("unpublished", { name }),
							})),
							...(isUnseen ? [{ value: form[field], text: form[field] }] : []),
						]}
						onChange={(id) => model.details.change({ [field]: id })}
					/>
				);
			})}
		</>
	);
}
