import type { ComponentChildren } from "preact";
import type { NewPlace } from "../session/new-place.ts";
import type { OneThing } from "../session/one-thing.ts";
import type { ConflictingField } from "./conflict-dialog.tsx";
import { EditedForm } from "./edited-form.tsx";
import { tell } from "./notice.ts";
import { Load, Screen } from "./parts.tsx";
import { PlaceSection } from "./place-section.tsx";
import { RemoveButton } from "./remove-button.tsx";
import { leaveTo, type Route } from "./router.ts";
import { useUnsaved } from "./unsaved.ts";

/** Texts that every kind of thing has, under these keys of its feature's catalogue. */
export type ThingText =
	| "title"
	| "all"
	| "addTitle"
	| "create"
	| "created"
	| "saved"
	| "remove"
	| "removeTitle"
	| "removeText"
	| "removed";

interface Props<Thing extends { id: string }, Fields extends object> {
	model: OneThing<Thing, Fields>;
	text: (key: ThingText, params?: { name: string }) => string;
	nameOf: (thing: Thing) => string;
	/** Where they all are, and where one of them is. */
	list: Route;
	page: (id: string) => Route;
	/** A field that two have changed since `base`, in words. */
	conflictOf: (field: keyof Fields, mine: Fields, theirs: Fields, base: Fields) => ConflictingField;
	/** Fields of the API whose refusals the form itself says. */
	beside?: readonly string[];
	/** Who and what is affected by deleting it. */
	affected?: ComponentChildren;
	/** It belongs to Inlay itself: no button deletes it. */
	isKept?: boolean;
	/** Where a new one is made; absent where it is there already, or in no division. */
	place?: NewPlace | undefined;
	/** What stands above, and below, the form, and is saved by itself. */
	above?: ComponentChildren;
	below?: ComponentChildren;
	/** The form's sections. */
	children: (form: Fields) => ComponentChildren;
}

/** The page of one thing, new or existing: its form, saved whole, and the button that deletes it. */
export function ThingScreen<Thing extends { id: string }, Fields extends object>(props: Props<Thing, Fields>) {
	const { model, text, nameOf, list } = props;
	useUnsaved(() => model.details.changed.peek().length > 0);
	const thing = model.details.base.value;
	return (
		<Screen
			title={model.isNew ? text("addTitle") : thing ? nameOf(thing) : text("title")}
			back={{ to: list, text: text("all") }}
			{...(thing && !model.isNew ? { historyOf: thing.id } : {})}
			actions={
				thing && !model.isNew && !props.isKept && !model.lackToDelete && <Remove {...props} name={nameOf(thing)} />
			}
		>
			<Load from={model.loaded}>
				{() => (
					<>
						{props.above}
						<EditedForm
							model={model}
							lack={model.lack}
							create={model.isNew && text("create")}
							beside={props.beside ?? []}
							conflictOf={props.conflictOf}
							onSaved={() => saved(props)}
						>
							{(form) => (
								<>
									{props.children(form)}
									{props.place && <PlaceSection place={props.place} error={model.details.saving.error.value} />}
								</>
							)}
						</EditedForm>
					</>
				)}
			</Load>
			{thing && props.below && <div class="below-form">{props.below}</div>}
		</Screen>
	);
}

function Remove<Thing extends { id: string }, Fields extends object>(props: Props<Thing, Fields> & { name: string }) {
	const { model, text, name, list, affected } = props;
	return (
		<RemoveButton
			label={text("remove")}
			title={text("removeTitle", { name })}
			text={text("removeText")}
			task={model.removing}
			onConfirm={async () => {
				if (!(await model.remove())) return;
				leaveTo(list);
				tell(text("removed", { name }));
			}}
		>
			{affected}
		</RemoveButton>
	);
}

/** What was made goes on under an address of its own. */
function saved<Thing extends { id: string }, Fields extends object>(props: Props<Thing, Fields>): void {
	const { model, text, nameOf, page } = props;
	const thing = model.details.base.peek();
	if (!thing) return;
	if (model.isNew) leaveTo(page(thing.id));
	tell(text(model.isNew ? "created" : "saved", { name: nameOf(thing) }));
}
