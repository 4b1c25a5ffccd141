import type { Api } from "../../session/api.ts";
import { listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import type { Queue } from "../../session/wire.ts";
import { type EntryPoint, type NumberForm, numberBodyOf, numberFormOf, numberProblems } from "./number-form.ts";

export const numbersPath = "/api/inlay/v1/entrypoints";

const fresh: EntryPoint = { id: "", number: "", queueId: "", origins: [], version: 0 };

/** One number that people call, new or existing: the queue that it leads into, and the pages that may call it. */
export class NumberModel extends OneThing<EntryPoint, NumberForm> {
	/** Those that it can lead into; none where one may not see them. */
	readonly queues: Loaded<readonly Queue[]>;

	/** @param id the number; absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const at = (number: string) => `${numbersPath}/${encodeURIComponent(number)}`;
		super(id, {
			fresh: () => fresh,
			formOf: numberFormOf,
			problemsOf: numberProblems,
			read: (wanted) => api.request<EntryPoint>("GET", at(wanted)),
			add: (form) => api.request("POST", numbersPath, numberBodyOf(form)),
			change: (of, form, { version }) => api.request("PUT", at(of), { ...numberBodyOf(form), version }),
			remove: (of) => api.request("DELETE", at(of)),
			lack: () => self.rights.value.lack(needs.manageNumbers),
		});
		this.queues = new Loaded(() => readQueues(api, self));
	}
}

/** Queues by which numbers are told apart. */
export async function readQueues(api: Api, self: Self): Promise<readonly Queue[]> {
	return self.rights.peek().may(needs.viewQueues) ? listAll<Queue>(api, "/api/v2/routing/queues") : [];
}
