import { computed, type Signal, signal } from "@preact/signals";
import { ApiError } from "./api.ts";
import { Task } from "./load.ts";
import { changedFields, conflicts, type Mergers, merge, settle } from "./three-way.ts";

/** Somebody else saved meanwhile: what stands on the server now, and the fields that both sides changed. */
export interface FormConflict<Thing, Form> {
	thing: Thing;
	theirs: Form;
	/** As both sides found it. */
	base: Form;
	fields: Array<keyof Form>;
}

interface Deps<Thing, Form> {
	formOf: (thing: Thing) => Form;
	/** Reads the thing as it stands now. */
	read: () => Promise<Thing>;
	/** Saves under the version of `base`; rejects with 409 `version.conflict` (or 412) when that is an old one. */
	save: (form: Form, base: Thing) => Promise<Thing>;
	/** Of fields whose values have parts of their own. */
	mergers?: Mergers<Form>;
}

/** Whether a refusal says that somebody else was first. */
export function isStale(error: unknown): boolean {
	return error instanceof ApiError && (error.code === "version.conflict" || error.status === 412);
}

/**
 * Something with a version, as it stands in a form. Who saves an old page overwrites nobody: what only one side changed is
 * kept, and `conflict` asks about what both did. Nothing typed is lost.
 */
export class VersionedForm<Thing, Form extends object> {
	readonly form: Signal<Form | undefined> = signal(undefined);
	readonly base: Signal<Thing | undefined> = signal(undefined);
	readonly conflict: Signal<FormConflict<Thing, Form> | undefined> = signal(undefined);
	readonly saving = new Task();
	readonly changed = computed<Array<keyof Form>>(() => {
		const [base, form] = [this.base.value, this.form.value];
		return base && form ? changedFields(this.#deps.formOf(base), form) : [];
	});
	readonly #deps: Deps<Thing, Form>;

	constructor(deps: Deps<Thing, Form>) {
		this.#deps = deps;
	}

	/** Shows what was read; what was typed since stays. What was read before a save, and came after it, is no news. */
	show(thing: Thing): void {
		const [base, mine] = [this.base.peek(), this.form.peek()];
		if (base && versionOf(thing) < versionOf(base)) return;
		const fresh = this.#deps.formOf(thing);
		this.base.value = thing;
		this.form.value = base && mine ? this.#merge(this.#deps.formOf(base), mine, fresh) : fresh;
	}

	change(part: Partial<Form>): void {
		const form = this.form.peek();
		if (!form) return;
		this.form.value = { ...form, ...part };
		const { error } = this.saving;
		error.value = error.peek()?.after(Object.keys(part));
	}

	discard(): void {
		const base = this.base.peek();
		if (base) this.form.value = this.#deps.formOf(base);
	}

	/** Resolves to false when it was refused, or when `conflict` has to be answered first. */
	async save(): Promise<boolean> {
		const [base, form] = [this.base.peek(), this.form.peek()];
		if (!base || !form) return false;
		let saved = false;
		await this.saving.run(async () => {
			try {
				this.#saved(await this.#deps.save(form, base), form);
				saved = true;
			} catch (error) {
				if (!isStale(error)) throw error;
				saved = await this.#meet(base, form);
			}
		});
		return saved;
	}

	/** Ends a conflict: my values for the fields in question, or theirs. */
	async resolve(whose: "mine" | "theirs"): Promise<boolean> {
		const [conflict, base, mine] = [this.conflict.peek(), this.base.peek(), this.form.peek()];
		if (!conflict || !base || !mine) return false;
		const { thing, theirs, fields } = conflict;
		this.#take(thing);
		this.form.value = settle({ base: this.#deps.formOf(base), mine, theirs }, fields, whose, this.#deps.mergers);
		return this.changed.peek().length > 0 ? this.save() : true;
	}

	async #meet(base: Thing, mine: Form): Promise<boolean> {
		const thing = await this.#deps.read();
		const [before, theirs] = [this.#deps.formOf(base), this.#deps.formOf(thing)];
		const fields = conflicts(before, mine, theirs, this.#deps.mergers);
		if (fields.length > 0) {
			this.conflict.value = { thing, theirs, base: before, fields };
			return false;
		}
		const sent = this.#merge(before, mine, theirs);
		this.#saved(await this.#deps.save(sent, thing), mine);
		return true;
	}

	/** What was typed while it was saved stays, unsaved. */
	#saved(thing: Thing, sent: Form): void {
		const now = this.form.peek();
		this.#take(thing);
		if (now && now !== sent) this.form.value = this.#merge(sent, now, this.#deps.formOf(thing));
	}

	#merge(base: Form, mine: Form, theirs: Form): Form {
		return merge(base, mine, theirs, this.#deps.mergers);
	}

	#take(thing: Thing): void {
		this.base.value = thing;
		this.form.value = this.#deps.formOf(thing);
		this.conflict.value = undefined;
	}
}

/** Not a number where the thing has none: then nothing is older than anything. */
function versionOf(thing: unknown): number {
	const { version } = thing as { version?: unknown };
	return typeof version === "number" ? version : Number.NaN;
}
