import { Edited } from "./edited.ts";
import { Task } from "./load.ts";
import type { Need } from "./rights.ts";
import type { Mergers } from "./three-way.ts";

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
	/** Of fields whose values have parts of their own. */
	mergers?: Mergers<Form>;
	/** What the signed-in person lacks for a deed; `thing` is absent until it was read. */
	lack: (deed: "add" | "edit" | "delete", thing: Thing | undefined) => Need | undefined;
}

/** One thing of a list, existing or new, as its page has it: read, changed in a form that is saved whole, and deleted. */
export class OneThing<Thing extends { id: string }, Form extends object> extends Edited<Thing, Form> {
	readonly removing = new Task();
	readonly #id: string | undefined;
	readonly #handling: Handling<Thing, Form>;

	/** @param id absent for a new one */
	constructor(id: string | undefined, handling: Handling<Thing, Form>) {
		super({
			formOf: handling.formOf,
			problemsOf: handling.problemsOf,
			read: async () => (id === undefined ? handling.fresh() : handling.read(id)),
			save: (form, base) => (id === undefined ? handling.add(form, base) : handling.change(id, form, base)),
			mergers: handling.mergers ?? {},
		});
		this.#id = id;
		this.#handling = handling;
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

	async remove(): Promise<boolean> {
		const id = this.#id;
		return id !== undefined && this.removing.run(() => this.#handling.remove(id));
	}
}
