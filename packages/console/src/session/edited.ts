import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { Loaded } from "./load.ts";
import type { Mergers } from "./three-way.ts";
import { VersionedForm } from "./versioned-form.ts";

/** How something is read, shown in a form, and saved. */
export interface Editing<Thing, Form extends object> {
	formOf: (thing: Thing) => Form;
	/** Fields that cannot be sent as they are. */
	problemsOf: (form: Form) => ReadonlySet<keyof Form>;
	read: () => Promise<Thing>;
	/** Saves on the version of `base`; rejects with 409 `version.conflict` (or 412) when that is an old one. */
	save: (form: Form, base: Thing) => Promise<Thing>;
	/** Of fields whose values have parts of their own: what both changed in different parts fits together. */
	mergers?: Mergers<Form>;
}

/** Something with a version, as its page has it: read, and changed in a form that is saved whole. */
export class Edited<Thing, Form extends object> {
	readonly loaded: Loaded<Thing>;
	readonly details: VersionedForm<Thing, Form>;
	/** Somebody has tried to save it: what is wrong is said. */
	readonly tried = signal(false);
	readonly problems: ReadonlySignal<ReadonlySet<keyof Form>>;

	constructor({ formOf, problemsOf, read, save, mergers = {} }: Editing<Thing, Form>) {
		this.details = new VersionedForm<Thing, Form>({ formOf, read, save, mergers });
		this.loaded = new Loaded(async () => {
			const thing = await read();
			this.details.show(thing);
			return thing;
		});
		this.problems = computed(() => {
			const form = this.details.form.value;
			return form ? problemsOf(form) : new Set<never>();
		});
	}

	/** Whether a field is wrong, and somebody has tried to save it like that. */
	isWrong(field: keyof Form): boolean {
		return this.tried.value && this.problems.value.has(field);
	}

	/** Resolves to false where it was refused, where something is wrong, or where a conflict has to be answered first. */
	async save(): Promise<boolean> {
		this.tried.value = true;
		return this.problems.peek().size === 0 && this.details.save();
	}
}
