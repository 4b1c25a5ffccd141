import type { Api } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import { newTrunk, type Trunk, type TrunkForm, trunkBodyOf, trunkFormOf, trunkProblems } from "./trunk-form.ts";

export const trunksPath = "/api/inlay/v1/trunks";
/** Between two looks at how trunks stand, ms: whoever has corrected a password waits for the answer. */
export const lookEveryMs = 3_000;

const at = (id: string) => `${trunksPath}/${encodeURIComponent(id)}`;

/** One line to the outside, new or existing. */
export class TrunkModel extends OneThing<Trunk, TrunkForm> {
	/** As it is on the server, whatever stands in the form. */
	readonly live: Loaded<Trunk>;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: () => newTrunk,
			formOf: trunkFormOf,
			problemsOf: trunkProblems,
			read: (of) => api.request("GET", at(of)),
			add: (form) => api.request("POST", trunksPath, trunkBodyOf(form)),
			change: (of, form, { version }) => api.request("PUT", at(of), { ...trunkBodyOf(form), version }),
			remove: (of) => api.request("DELETE", at(of)),
			lack: () => self.rights.value.lack(needs.manageTrunks),
		});
		this.live = new Loaded(() => api.request("GET", at(id ?? "")));
	}
}
