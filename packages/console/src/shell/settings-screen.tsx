import type { ComponentChildren } from "preact";
import type { Edited } from "../session/edited.ts";
import type { Need } from "../session/rights.ts";
import { EditedForm, type FieldValue, plainConflict } from "./edited-form.tsx";
import { tell } from "./notice.ts";
import { Load, Screen } from "./parts.tsx";
import { useLack } from "./rights.tsx";
import { useUnsaved } from "./unsaved.ts";

interface Props<Thing, Fields extends Record<keyof Fields, FieldValue>> {
	model: Edited<Thing, Fields>;
	/** What it takes to save them. */
	need: Need;
	title: string;
	lead: string;
	/** What is told once they are saved. */
	saved: string;
	/** A field as its label calls it. */
	nameOf: (field: keyof Fields) => string;
	/** The form's sections. */
	children: (form: Fields) => ComponentChildren;
}

/** A page of settings that hold for everybody: read, changed and saved whole. */
export function SettingsScreen<Thing, Fields extends Record<keyof Fields, FieldValue>>(props: Props<Thing, Fields>) {
	const { model, need, title, lead, saved, nameOf, children } = props;
	useUnsaved(() => model.details.changed.peek().length > 0);
	const lack = useLack(need);
	return (
		<Screen title={title} lead={lead}>
			<Load from={model.loaded}>
				{() => (
					<EditedForm
						model={model}
						lack={lack}
						conflictOf={(field, mine, theirs) => plainConflict(nameOf(field), mine[field], theirs[field])}
						onSaved={() => tell(saved)}
					>
						{children}
					</EditedForm>
				)}
			</Load>
		</Screen>
	);
}
