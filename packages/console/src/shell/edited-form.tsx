import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { ApiError } from "../session/api.ts";
import type { Edited } from "../session/edited.ts";
import type { Need } from "../session/rights.ts";
import { ConflictDialog, type ConflictingField } from "./conflict-dialog.tsx";
import { failureBeside } from "./failure.ts";
import { Failure, Form } from "./parts.tsx";
import { Allowed } from "./rights.tsx";
import { SaveButton } from "./save-button.tsx";
import { t } from "./strings.ts";

interface Props<Thing, Fields extends object> {
	model: Edited<Thing, Fields>;
	/** What keeps one from saving it. */
	lack: Need | undefined;
	/** What stands on the button where something new is made. */
	create?: string | false;
	/** Fields of the API whose refusals the form itself says. */
	beside?: readonly string[];
	/** A field that two have changed since `base`, in words. */
	conflictOf: (field: keyof Fields, mine: Fields, theirs: Fields, base: Fields) => ConflictingField;
	onSaved: () => void;
	/** The form's sections. */
	children: (form: Fields) => ComponentChildren;
}

/** A form that is saved whole, with the question that comes up where somebody else has saved meanwhile. */
export function EditedForm<Thing, Fields extends object>(props: Props<Thing, Fields>) {
	const { model, lack, create, beside = [], onSaved, children } = props;
	const { details } = model;
	/** A refusal that no field of the page has shown, whatever fields it names. */
	const unsaid = useSignal<ApiError | undefined>(undefined);
	const form = details.form.value;
	if (!form) return null;
	const send = async () => {
		unsaid.value = undefined;
		if (await model.save()) return onSaved();
		// The fields say what is wrong with them as soon as they are drawn anew.
		await nextFrame();
		const wrong = document.querySelector<HTMLElement>('[aria-invalid="true"]');
		if (wrong) wrong.focus();
		else unsaid.value = details.saving.error.peek();
	};
	const error = details.saving.error.value;
	const below = failureBeside(error, ...beside) ?? (error === unsaid.value ? error : undefined);
	return (
		<>
			<Allowed lack={lack}>
				<Form onSend={() => void send()}>
					{children(form)}
					<Failure error={below} />
					<SaveButton details={details} {...(create ? { create } : {})} />
				</Form>
			</Allowed>
			<Conflict {...props} form={form} />
		</>
	);
}

function nextFrame(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

function Conflict<Thing, Fields extends object>(props: Props<Thing, Fields> & { form: Fields }) {
	const { form, conflictOf, onSaved } = props;
	const { details } = props.model;
	const conflict = details.conflict.value;
	if (!conflict) return null;
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => conflictOf(field, form, conflict.theirs, conflict.base))}
			busy={details.saving.busy.value}
			error={details.saving.error.value}
			onResolve={async (whose) => {
				if (await details.resolve(whose)) onSaved();
			}}
			onClose={() => {
				details.conflict.value = undefined;
			}}
		/>
	);
}

/** What two may have changed; lists fit together, and come up beside other fields at most. */
export type FieldValue = string | boolean | readonly string[];

/** A field of a text, of yes and no, or of a list, that two have changed. */
export function plainConflict(name: string, mine: FieldValue, theirs: FieldValue): ConflictingField {
	const say = (value: FieldValue) => {
		if (typeof value === "boolean") return t(value ? "yes" : "no");
		return typeof value === "string" ? value : value.join(", ");
	};
	return { name, values: { mine: say(mine), theirs: say(theirs) } };
}
