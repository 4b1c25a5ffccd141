import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { Loaded, Task } from "./load.ts";
import type { Need } from "./rights.ts";
import { VersionedForm } from "./versioned-form.ts";

/** How one kind of thing is read, shown in a form, and written. */
export interface Handling<Thing, Form extends object> {
	/** What a new one starts as. */
	fresh: () => Thing;
	formOf: (thing: Thing) => Form;
	/** Fields that cannot be sent as they are. */
	problemsOf: (form: Form) => ReadonlySet<keyof Form>;
	read: (id: string) => Promise<Thing>;
	add: (form: Form, fresh: Thing) => Promise<Thing>;
	/** Saves on the version of `base`; rejects with 409 `version.conflict` (or 412) when that is an old one. */
	change: (id: string, form: Form, base: Thing) => Promise<Thing>;
	remove: (id: string) => Promise<unknown>;
	/** What the signed-in person lacks for a deed; `thing` is absent until it was read. */
	lack: (deed: "add" | "edit" | "delete", thing: Thing | undefined) => Need | undefined;
}

/** One thing of a list, existing or new, as its page has it: read, changed in a form that is saved whole, and deleted. */
export class OneThing<Thing extends { id: string }, Form extends object> {
	readonly loaded: Loaded<Thing>;
	readonly details: VersionedForm<Thing, Form>;
	/** Somebody has tried to save it: what is wrong is said. */
	readonly tried = signal(false);
	readonly removing = new Task();
	readonly problems: ReadonlySignal<ReadonlySet<keyof Form>>;
	readonly #id: string | undefined;
	readonly #handling: Handling<Thing, Form>;

	/** @param id absent for a new one */
	constructor(id: string | undefined, handling: Handling<Thing, Form>) {
		this.#id = id;
		this.#handling = handling;
		const read = async () => (id === undefined ? handling.fresh() : handling.read(id));
		this.details = new VersionedForm<Thing, Form>({
			formOf: handling.formOf,
			read,
			save: (form, base) => (id === undefined ? handling.add(form, base) : handling.change(id, form, base)),
		});
		this.loaded = new Loaded(async () => {
			const thing = await read();
			this.details.show(thing);
			return thing;
		});
		this.problems = computed(() => {
			const form = this.details.form.value;
			return form ? handling.problemsOf(form) : new Set<never>();
		});
	}

	get isNew(): boolean {
		return this.#id === undefined;
	}

	/** What keeps one from saving it. */
	get lack(): Need | undefined {
		return this.#handling.lack(this.isNew ? "add" : "edit", this.details.base.value);
	}

	get lackToDelete(): Need | undefined {
		return this.#handling.lack("delete", this.details.base.value);
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

	async remove(): Promise<boolean> {
		const id = this.#id;
		return id !== undefined && this.removing.run(() => this.#handling.remove(id));
	}
}
