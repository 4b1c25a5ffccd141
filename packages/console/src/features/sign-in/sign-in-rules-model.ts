import { computed, type Signal, signal } from "@preact/signals";
import { type Api, ApiError, type SeenVersion } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Loss } from "../../session/losses.ts";
import { changedFields, conflicts, merge, settle } from "../../session/three-way.ts";
import type { AuthSettings, FactorDemand, IdleTimeout } from "../../session/wire.ts";
import { bodiesOf, type FlatForm, flat, formOf, problemsOf, type SignInForm, unflat } from "./sign-in-form.ts";
import { type SignInLoss, signInLosses } from "./sign-in-losses.ts";

export const paths = {
	settings: "/api/v2/organizations/authentication/settings",
	timeout: "/api/v2/tokens/timeout",
	demand: "/api/inlay/v1/secondfactor/demand",
	limit: "/api/inlay/v1/sessions/limit",
	absence: "/api/inlay/v1/sessions/absence",
} as const;

/** A colleague has saved meanwhile: their rules, and the fields that both sides changed. */
export interface RulesConflict {
	theirs: SignInForm;
	fields: Array<keyof FlatForm>;
}

/** Whom a demanded second factor would meet. */
export interface Concerned {
	total: number;
	/** How many of them have none yet. */
	without: number;
	/** The first of those. */
	entities: ReadonlyArray<{ id: string; name: string }>;
}

/** How everybody signs in, and how long that lasts. */
export class SignInRulesModel {
	readonly facts: Loaded<SignInForm>;
	readonly form = signal<SignInForm | undefined>(undefined);
	readonly conflict: Signal<RulesConflict | undefined> = signal(undefined);
	/** Problems are shown from the first attempt to save. */
	readonly tried = signal(false);
	readonly problems = computed(() => (this.form.value ? problemsOf(this.form.value) : new Set<never>()));
	readonly saving = new Task();
	/** Whom the demand that stands in the form would meet. */
	readonly concerned: Loaded<Concerned>;
	readonly #api: Api;
	/** What the form was filled from. */
	#read: SignInForm | undefined;

	constructor(api: Api) {
		this.#api = api;
		this.concerned = new Loaded(() =>
			api.request("GET", `${paths.demand}/concerned?demandedOf=${this.form.peek()?.demandedOf ?? "nobody"}`),
		);
		this.facts = new Loaded(async () => {
			const now = await this.#readNow();
			this.#show(now);
			return now;
		});
	}

	/** Whether something stands in the form that is not saved. */
	get edited(): boolean {
		const [read, form] = [this.#read, this.form.peek()];
		return read !== undefined && form !== undefined && changedFields(flat(read), flat(form)).length > 0;
	}

	change(part: Partial<SignInForm>): void {
		const before = this.form.peek();
		if (before) this.form.value = { ...before, ...part };
	}

	/** What a save would take from people; nothing while it cannot be sent as it is. */
	losses(): Array<Loss<SignInLoss>> {
		const [read, form] = [this.#read, this.form.peek()];
		return read && form && this.problems.peek().size === 0 ? signInLosses(read, form) : [];
	}

	/**
	 * Sends only what was changed here, to the rules as they have just been read: what only a colleague changed stays theirs,
	 * and `conflict` asks about what both did. Who saves in between is not overwritten: the rules are read once more.
	 */
	async save(): Promise<boolean> {
		const [read, form] = [this.#read, this.form.peek()];
		this.tried.value = true;
		if (!read || !form || this.problems.peek().size > 0) return false;
		let saved = false;
		await this.saving.run(async () => {
			saved = await this.#sendMerged(read, form).catch((error: unknown) => {
				if (!(error instanceof ApiError) || error.code !== "version.conflict") throw error;
				return this.#sendMerged(read, form);
			});
		});
		if (!saved) return false;
		this.tried.value = false;
		// What was typed since is measured by what was sent.
		this.#read = form;
		await this.facts.load();
		return true;
	}

	/** Ends a conflict: my values for the fields in question, or theirs. */
	async resolve(whose: "mine" | "theirs"): Promise<boolean> {
		const [conflict, read, form] = [this.conflict.peek(), this.#read, this.form.peek()];
		if (!conflict || !read || !form) return false;
		const sides = { base: flat(read), mine: flat(form), theirs: flat(conflict.theirs) };
		this.#read = conflict.theirs;
		this.form.value = unflat(settle(sides, conflict.fields, whose));
		this.conflict.value = undefined;
		return this.save();
	}

	/** Shows rules as they have been read; what was typed since stays, unsaved. */
	#show(now: SignInForm): void {
		const [read, form] = [this.#read, this.form.peek()];
		this.#read = now;
		this.form.value = read && form ? unflat(merge(flat(read), flat(form), flat(now))) : now;
	}

	/** @returns false where somebody has to say whose values hold */
	async #sendMerged(read: SignInForm, form: SignInForm): Promise<boolean> {
		const seen: SeenVersion = {};
		const theirs = await this.#readNow(seen);
		const fields = conflicts(flat(read), flat(form), flat(theirs));
		if (fields.length > 0) this.conflict.value = { theirs, fields };
		else await this.#send(theirs, unflat(merge(flat(read), flat(form), flat(theirs))), seen);
		return fields.length === 0;
	}

	/** @param seen gets the version that they all have */
	async #readNow(seen: SeenVersion = {}): Promise<SignInForm> {
		// First: what changes while the others are read makes this version old.
		const settings = await this.#api.request<AuthSettings>("GET", paths.settings, undefined, seen);
		const [timeout, demand, limit, absence] = await Promise.all([
			this.#api.request<IdleTimeout>("GET", paths.timeout),
			this.#api.request<FactorDemand>("GET", paths.demand),
			this.#api.request<{ sessionLimitSeconds: number }>("GET", paths.limit),
			this.#api.request<{ offlineAfterSeconds: number }>("GET", paths.absence),
		]);
		return formOf(settings, timeout, { ...demand, ...limit, ...absence });
	}

	async #send(read: SignInForm, form: SignInForm, seen: SeenVersion): Promise<void> {
		const { settings, demand, timeout, limit, absence } = bodiesOf(read, form);
		if (settings) await this.#api.request("PATCH", paths.settings, settings, seen);
		if (demand) await this.#api.request("PUT", paths.demand, demand, seen);
		if (timeout) await this.#api.request("PUT", paths.timeout, timeout, seen);
		if (limit) await this.#api.request("PUT", paths.limit, limit, seen);
		if (absence) await this.#api.request("PUT", paths.absence, absence, seen);
	}
}
