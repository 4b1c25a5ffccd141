import { signal } from "@preact/signals";
import type { Api, ApiError } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { AuthSettings, IdleTimeout } from "../../session/wire.ts";
import { bodiesOf, formOf, type SignInForm } from "./sign-in-form.ts";

export const paths = {
	settings: "/api/v2/organizations/authentication/settings",
	timeout: "/api/v2/tokens/timeout",
	limit: "/api/inlay/v1/sessions/limit",
} as const;

/** How everybody signs in, and how long that lasts. */
export class SignInRulesModel {
	readonly facts: Loaded<SignInForm>;
	readonly form = signal<SignInForm | undefined>(undefined);
	readonly saving = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.facts = new Loaded(async () => {
			const [settings, timeout, limit] = await Promise.all([
				api.request<AuthSettings>("GET", paths.settings),
				api.request<IdleTimeout>("GET", paths.timeout),
				api.request<{ sessionLimitSeconds: number }>("GET", paths.limit),
			]);
			this.form.value = formOf(settings, timeout, limit.sessionLimitSeconds);
			return this.form.value;
		});
	}

	change(part: Partial<SignInForm>): void {
		const before = this.form.peek();
		if (before) this.form.value = { ...before, ...part };
	}

	/** Sends only what was changed here: another administrator may have been at the rest. */
	async save(): Promise<boolean> {
		const [read, form] = [this.facts.value, this.form.peek()];
		if (!read || !form) return false;
		const done = await this.saving.run(async () => {
			const { settings, timeout, limit } = bodiesOf(read, form);
			if (settings) await this.#api.request("PATCH", paths.settings, settings);
			if (timeout) await this.#api.request("PUT", paths.timeout, timeout);
			if (limit) await this.#api.request("PUT", paths.limit, limit);
		});
		if (done) await this.facts.load();
		return done;
	}
}

/** Whether a refusal was about one of these fields of the API. */
export function refusedFor(error: ApiError | undefined, ...fields: string[]): string | undefined {
	return error?.fields.some((field) => fields.includes(field)) ? error.message : undefined;
}
