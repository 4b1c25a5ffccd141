import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import {
	type LocationForm,
	locationBodyOf,
	locationFormOf,
	locationProblems,
	newLocation,
	type OfficeLocation,
	placeOf,
} from "./location-form.ts";

const base = "/api/v2/locations";
const at = (id: string) => `${base}/${encodeURIComponent(id)}`;
const readAll = (api: Api) => listAll<OfficeLocation>(api, base);

/** A place with where it is. */
export interface ListedLocation extends OfficeLocation {
	place: string;
}

/** All places, each after the one that it is in. */
export class LocationsModel {
	readonly locations: Loaded<ListedLocation[]>;

	constructor(api: Api) {
		this.locations = new Loaded(async () => {
			const all = await readAll(api);
			const listed = all.map((one) => ({ ...one, place: placeOf(one, all) }));
			return listed.sort((a, b) => a.place.localeCompare(b.place));
		});
	}
}

/** One place, new or existing. */
export class LocationModel extends OneThing<OfficeLocation, LocationForm> {
	/** Those that it can be in. */
	readonly others: Loaded<OfficeLocation[]>;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		const others = new Loaded(() => readAll(api));
		super(id, {
			fresh: () => newLocation,
			formOf: locationFormOf,
			problemsOf: locationProblems,
			read: (of) => api.request("GET", at(of)),
			add: (form, fresh) => api.request("POST", base, locationBodyOf(form, fresh, others.value ?? [])),
			change: (of, form, before) => {
				const body = { ...locationBodyOf(form, before, others.value ?? []), version: before.version };
				return api.request("PATCH", at(of), body);
			},
			remove: (of) => api.request("DELETE", at(of)),
			lack: () => self.rights.value.lack(needs.editLocations),
		});
		this.others = others;
	}
}
