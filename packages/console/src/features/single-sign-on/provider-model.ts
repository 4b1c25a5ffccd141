import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { readDivisions } from "../../session/divisions.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import { bodyOf, formOf, freshProvider, type Provider, type ProviderForm, problemsOf } from "./provider-form.ts";

export const path = "/api/inlay/v1/identity-providers";
const at = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** What can be given by a mapping. */
export interface Givable {
	/** By `group:` or `role:` and the id. */
	what: string;
	name: string;
}

/** One identity provider, new or existing. */
export class ProviderModel extends OneThing<Provider, ProviderForm> {
	readonly givable: Loaded<readonly Givable[]>;
	/** What the provider said of itself when it was asked last. */
	readonly checked = signal<{ ok: boolean; error?: string } | undefined>(undefined);
	readonly checking = new Task();
	readonly trying = new Task();
	readonly #api: Api;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: freshProvider,
			formOf,
			problemsOf,
			read: (of) => api.request("GET", at(of)),
			add: (form) => api.request("POST", path, bodyOf(form)),
			change: (of, form, { version }) => api.request("PUT", at(of), { ...bodyOf(form), version }),
			remove: (of) => api.request("DELETE", at(of), undefined, { etag: `"${this.details.base.peek()?.version ?? 0}"` }),
			lack: (deed) => self.rights.value.lack(needsOf[deed]),
		});
		this.#api = api;
		this.givable = new Loaded(async () => {
			const { rights } = self;
			await readDivisions(api);
			const named = (of: string, kind: string) =>
				listAll<{ id: string; name: string }>(api, of).then((found) =>
					found.map(({ id: one, name }) => ({ what: `${kind}:${one}`, name })),
				);
			const [groups, roles] = await Promise.all([
				rights.peek().may(needs.viewGroups) ? named("/api/v2/groups", "group") : [],
				rights.peek().may(needs.viewRoles) ? named("/api/v2/authorization/roles", "role") : [],
			]);
			return [...groups, ...roles];
		});
	}

	/** Asks the provider that is kept what it says of itself. */
	async check(): Promise<void> {
		const { id } = this.details.base.peek() ?? {};
		if (!id) return;
		this.checked.value = undefined;
		await this.checking.run(async () => {
			this.checked.value = await this.#api.request("POST", `${at(id)}/check`);
		});
	}

	/** A window in which one signs in at the provider; call it from a click. @param open the browser's */
	async tryOut(open: () => Window | null): Promise<boolean> {
		const { id } = this.details.base.peek() ?? {};
		// Within the click; its address follows.
		const page = open();
		// The provider's page has no business with this one.
		if (page) page.opener = null;
		const done = await this.trying.run(async () => {
			const { address } = await this.#api.request<{ address: string }>("POST", `${at(id ?? "")}/trials`);
			if (page) page.location.href = address;
		});
		if (!done) page?.close();
		return page !== null;
	}
}

const needsOf = { add: needs.addProvider, edit: needs.editProvider, delete: needs.deleteProvider } as const;
