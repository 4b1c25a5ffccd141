import { type Api, listAll, type SeenVersion } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { readDivisions } from "../../session/divisions.ts";
import { Loaded } from "../../session/load.ts";
import { type NamedForm, namedBodyOf, namedFormOf, namedProblems } from "../../session/named-form.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import { type DivisionHolders, type DivisionThing, newDivision } from "./division-form.ts";

const base = "/api/v2/authorization/divisions";
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** All divisions, the home division first. */
export class DivisionsModel {
	readonly divisions: Loaded<DivisionThing[]>;

	constructor(api: Api) {
		this.divisions = new Loaded(async () => {
			const all = await listAll<DivisionThing>(api, `${base}?objectCount=true`);
			return all.sort((a, b) => Number(b.homeDivision ?? false) - Number(a.homeDivision ?? false) || byName(a, b));
		});
	}
}

const deeds = { add: needs.addDivision, edit: needs.editDivision, delete: needs.deleteDivision };

/** As many as are named before a division is deleted. */
const mostNamed = 10;

/** One division, new or existing. */
export class DivisionModel extends OneThing<DivisionThing, NamedForm> {
	/** Whose roles go with it. */
	readonly holders: Loaded<DivisionHolders>;
	/** Why one may not see them. */
	readonly lackForHolders: () => Need | undefined;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const seen: SeenVersion = {};
		/** Others' pages name divisions: they learn of the change. */
		const told = async (saved: Promise<DivisionThing>) => {
			const division = await saved;
			await readDivisions(api);
			return division;
		};
		super(id, {
			fresh: () => newDivision,
			formOf: namedFormOf,
			problemsOf: namedProblems,
			read: (of) => api.request("GET", `${pathOf(of)}?objectCount=true`, undefined, seen),
			add: (form) => told(api.request("POST", base, namedBodyOf(form))),
			change: (of, form) => told(api.request("PUT", pathOf(of), namedBodyOf(form), seen)),
			remove: async (of) => {
				await api.request("DELETE", pathOf(of), undefined, seen);
				await readDivisions(api);
			},
			lack: (deed, division) =>
				self.rights.value.lack(deed === "add" ? deeds.add : inDivision(deeds[deed], division?.id)),
		});
		const path = `/api/inlay/v1/divisions/${encodeURIComponent(id ?? "")}/holders?pageSize=${mostNamed}`;
		this.holders = new Loaded(() => api.request("GET", path));
		this.lackForHolders = () => self.rights.value.lack(inDivision(needs.viewGrants, id));
	}
}
