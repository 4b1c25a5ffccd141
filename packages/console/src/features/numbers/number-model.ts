import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Paged } from "../../session/paged.ts";
import { searchGroups, searchPeople } from "../../session/people-search.ts";
import type { Self } from "../../session/self.ts";
import type { Queue } from "../../session/wire.ts";
import type { Trunk } from "../trunks/trunk-form.ts";
import { trunksPath } from "../trunks/trunk-model.ts";
import { type EntryPoint, type NumberForm, numberBodyOf, numberFormOf, numberProblems } from "./number-form.ts";

/** Somebody to whom calls can go. */
export interface Named {
	id: string;
	name: string;
}

export const numbersPath = "/api/inlay/v1/entrypoints";

const fresh: EntryPoint = { id: "", number: "", origins: [], version: 0 };

/** One number that people call, new or existing: the queue that it leads into, and the pages that may call it. */
export class NumberModel extends OneThing<EntryPoint, NumberForm> {
	/** Those that it can lead into; none where one may not see them. */
	readonly queues: Loaded<readonly Queue[]>;
	/** By which its calls come; none where one may not see them. */
	readonly trunks: Loaded<readonly Trunk[]> | undefined;
	/** Whom else it can lead to. */
	readonly people: Paged<Named>;
	readonly groups: Paged<Named>;
	/** The person, or group, that the form names. */
	readonly named = signal<Named | undefined>(undefined);

	/** @param id the number; absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const at = (number: string) => `${numbersPath}/${encodeURIComponent(number)}`;
		super(id, {
			fresh: () => fresh,
			formOf: numberFormOf,
			problemsOf: numberProblems,
			read: async (wanted) => {
				const found = await api.request<EntryPoint>("GET", at(wanted));
				this.named.value = await nameOf(api, found);
				return found;
			},
			add: (form) => api.request("POST", numbersPath, numberBodyOf(form)),
			change: (of, form, { version }) => api.request("PUT", at(of), { ...numberBodyOf(form), version }),
			remove: (of) => api.request("DELETE", at(of)),
			lack: () => self.rights.value.lack(needs.manageNumbers),
		});
		this.queues = new Loaded(() => readQueues(api, self));
		const seesTrunks = self.rights.peek().may(needs.manageTrunks);
		this.trunks = seesTrunks ? new Loaded(() => listAll<Trunk>(api, trunksPath)) : undefined;
		this.people = searchPeople(api) as Paged<Named>;
		this.groups = searchGroups(api) as Paged<Named>;
	}
}

/** A person or group by their name; by their id where one may not see them. */
export async function nameOf(api: Api, { userId, groupId }: EntryPoint): Promise<Named | undefined> {
	const id = userId ?? groupId;
	if (!id) return undefined;
	const path = `/api/v2/${userId ? "users" : "groups"}/${encodeURIComponent(id)}`;
	return api.request<Named>("GET", path).catch(() => ({ id, name: id }));
}

/** Queues by which numbers are told apart. */
export async function readQueues(api: Api, self: Self): Promise<readonly Queue[]> {
	return self.rights.peek().may(needs.viewQueues) ? listAll<Queue>(api, "/api/v2/routing/queues") : [];
}
