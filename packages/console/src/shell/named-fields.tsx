import { TextArea, TextField } from "@inlay/ui";
import type { NamedForm } from "../session/named-form.ts";
import type { OneThing } from "../session/one-thing.ts";
import { refusedFor } from "./failure.ts";
import { Section } from "./parts.tsx";

interface Props<Thing extends { id: string }> {
	model: OneThing<Thing, NamedForm>;
	form: NamedForm;
	/** Of the feature's catalogue. */
	text: (key: "settings" | "name" | "nameProblem" | "description") => string;
}

/** The fields of what has a name and a description. */
export function NamedFields<Thing extends { id: string }>({ model, form, text }: Props<Thing>) {
	const { details } = model;
	const error = details.saving.error.value;
	return (
		<Section title={text("settings")}>
			<TextField
				label={text("name")}
				value={form.name}
				required
				error={model.isWrong("name") ? text("nameProblem") : refusedFor(error, "name")}
				onInput={(name) => details.change({ name })}
			/>
			<TextArea
				label={text("description")}
				value={form.description}
				rows={3}
				error={refusedFor(error, "description")}
				onInput={(description) => details.change({ description })}
			/>
		</Section>
	);
}
