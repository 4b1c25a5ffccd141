import { Checkbox, TextField } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { plainConflict } from "../../shell/edited-form.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import type { LibraryForm, LibraryModel } from "./response-model.ts";
import { l } from "./strings.ts";

/** One library, new or existing: its name, and where its responses are offered. */
export function LibraryScreen({ model }: { model: LibraryModel }) {
	const { details } = model;
	return (
		<ThingScreen
			model={model}
			text={l}
			nameOf={(one) => one.name}
			list={{ screen: "libraries" }}
			page={(id) => ({ screen: "library", id })}
			beside={["name"]}
			conflictOf={(field, mine, theirs) =>
				plainConflict(l(field === "isForAll" ? "everyQueue" : field), mine[field], theirs[field])
			}
		>
			{(form) => (
				<>
					<Section title={l("name")}>
						<TextField
							label={l("name")}
							labelHidden
							value={form.name}
							error={model.isWrong("name") ? l("nameProblem") : refusedFor(details.saving.error.value, "name")}
							onInput={(name) => details.change({ name })}
						/>
					</Section>
					<Section title={l("queues")}>
						<Checkbox
							label={l("everyQueue")}
							checked={form.isForAll}
							onChange={(isForAll) => details.change({ isForAll })}
						/>
						{!form.isForAll && <Queues model={model} form={form} />}
					</Section>
				</>
			)}
		</ThingScreen>
	);
}

/** A queue that one cannot see stays chosen. */
function Queues({ model, form }: { model: LibraryModel; form: LibraryForm }) {
	return (
		<Load from={model.queues}>
			{(queues) => (
				<Choices
					legend={l("queueIds")}
					columns
					choices={queues.map(({ id, name }) => ({ id, text: <bdi>{name}</bdi> }))}
					chosen={form.queueIds}
					onChange={(queueIds) => model.details.change({ queueIds })}
				/>
			)}
		</Load>
	);
}
