import { defaultWrapupCodeId } from "@inlay/contract/wrapup-codes";
import type { Api, SeenVersion } from "../../session/api.ts";
import { DivisionMove } from "../../session/division-move.ts";
import { Loaded } from "../../session/load.ts";
import { type NamedForm, namedBodyOf, namedFormOf, namedProblems } from "../../session/named-form.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { NewPlace } from "../../session/new-place.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Paged, Slice } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import { newCode, type WrapupCode } from "./code.ts";
import { codesPath, searchCodes } from "./codes.ts";

const pathOf = (id: string) => `${codesPath}/${encodeURIComponent(id)}`;

/** All wrap-up codes that one may see, by name. */
export class CodesModel {
	readonly codes: Paged<WrapupCode>;

	constructor(api: Api) {
		this.codes = searchCodes(api);
	}
}

const deeds = { add: needs.addWrapupCode, edit: needs.editWrapupCode, delete: needs.deleteWrapupCode };

/** Queues, as a list has them. */
interface UsingQueue {
	id: string;
	name: string;
}

/** One wrap-up code, new or existing. */
export class CodeModel extends OneThing<WrapupCode, NamedForm> {
	/** The first queues in which it may be given, how many there are, and how many besides that one may not see. */
	readonly queues: Loaded<Slice<UsingQueue> & { hidden: number }>;
	/** Where it is made; absent for an existing one. */
	readonly place: NewPlace | undefined;
	/** Absent for a new one. */
	readonly moving: DivisionMove | undefined;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const seen: SeenVersion = {};
		const place = id === undefined ? new NewPlace(api, self, deeds.add) : undefined;
		super(id, {
			fresh: () => newCode,
			formOf: namedFormOf,
			problemsOf: namedProblems,
			read: (of) => api.request("GET", pathOf(of), undefined, seen),
			add: (form) => api.request("POST", codesPath, { ...namedBodyOf(form), ...place?.body }),
			change: (of, form) => api.request("PUT", pathOf(of), namedBodyOf(form), seen),
			remove: (of) => api.request("DELETE", pathOf(of)),
			lack: (deed, code) => self.rights.value.lack(inDivision(deeds[deed], code?.division?.id)),
		});
		this.place = place;
		this.moving = id === undefined ? undefined : new DivisionMove(api, "WRAPUPCODE", id, () => this.loaded.load());
		this.queues = new Loaded(async () =>
			id !== undefined
				? api.request("GET", `/api/inlay/v1/wrapupcodes/${encodeURIComponent(id)}/queues?pageSize=10`)
				: { entities: [], total: 0, hidden: 0 },
		);
	}

	/** The server needs it: it cannot be deleted. */
	get standsIn(): boolean {
		return this.details.base.value?.id === defaultWrapupCodeId;
	}
}
