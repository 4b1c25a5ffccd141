/** What an organization has, as far as somebody needs to know. */

import type { Platform, Thing } from "../../platform/platform.ts";
import { keyOf, type Section, sections } from "../format/sections.ts";
import type { Fields, Found, Lookup } from "../kinds/kind.ts";
import { idOf, seenOf } from "../kinds/kind.ts";
import { kinds } from "../kinds/kinds.ts";

export interface World {
	lookup: Lookup;
	/** As listings tell it. */
	things(section: Section): readonly Thing[];
	/** All of this name: of some kinds there may be several. */
	named(section: Section, name: string): readonly Thing[];
	/** The thing with what has to be asked for these fields. */
	complete(section: Section, raw: Thing, fields: Fields): Promise<Found>;
	/** The thing as it is now. */
	fresh(section: Section, id: string, fields: Fields): Promise<Found>;
}

/** What a thing's fields tell of others by their ids. */
const tells: Readonly<Record<Section, readonly (readonly [field: string, section: Section])[]>> = {
	divisions: [],
	skills: [],
	languages: [],
	wrapupCodes: [],
	presenceDefinitions: [],
	roles: [],
	clients: [["*", "roles"]],
	users: [
		["grants", "roles"],
		["languages", "languages"],
	],
	groups: [["members", "users"]],
	queues: [
		["members", "users"],
		["wrapupCodes", "wrapupCodes"],
	],
	contactLists: [],
	campaigns: [
		["*", "contactLists"],
		["*", "queues"],
	],
	deployments: [
		["*", "clients"],
		["*", "groups"],
	],
};

/** @param needed fields of interest, by section; every section that is named is listed */
export async function readWorld(platform: Platform, needed: ReadonlyMap<Section, Fields>): Promise<World> {
	const wanted = withWhatTheyTell(needed);
	const lists = await Promise.all(
		[...wanted].map(async (section) => [section, await kinds[section].list(platform)] as const),
	);
	const things = new Map<Section, Thing[]>(lists);
	const names = new Map(
		lists.flatMap(([section, all]) =>
			all.map((raw) => [`${section}/${idOf(raw)}`, kinds[section].nameOf(raw)] as const),
		),
	);
	const byName = indexed(things);
	const homeDivision = things.get("divisions")?.find(({ homeDivision: isHome }) => isHome === true);
	const lookup: Lookup = {
		nameOf: (section, id) => names.get(`${section}/${String(id)}`),
		home: homeDivision ? kinds.divisions.nameOf(homeDivision) : "Home",
	};
	const foundOf = async (section: Section, raw: Thing, fields: Fields, seen = seenOf(raw)): Promise<Found> => ({
		id: idOf(raw),
		name: kinds[section].nameOf(raw),
		values: await kinds[section].values(platform, raw, lookup, fields),
		raw,
		...(seen === undefined ? {} : { seen }),
	});
	return {
		lookup,
		things: (section) => things.get(section) ?? [],
		named: (section, name) => byName.get(`${section}/${keyOf(section, name)}`) ?? [],
		complete: (section, raw, fields) => foundOf(section, raw, fields),
		async fresh(section, id, fields) {
			const { raw, seen } = await kinds[section].fetch(platform, id);
			return foundOf(section, raw, fields, seen);
		},
	};
}

function withWhatTheyTell(needed: ReadonlyMap<Section, Fields>): Set<Section> {
	const all = new Set<Section>(["divisions"]);
	for (const section of sections) {
		const fields = needed.get(section);
		if (fields === undefined) continue;
		all.add(section);
		for (const [field, told] of tells[section]) {
			if (field === "*" || fields === "all" || fields.has(field)) all.add(told);
		}
	}
	// A deployment tells its client, and that client its roles.
	if (all.has("clients")) all.add("roles");
	return all;
}

function indexed(things: ReadonlyMap<Section, readonly Thing[]>): Map<string, Thing[]> {
	const index = new Map<string, Thing[]>();
	for (const [section, all] of things) {
		for (const raw of all) {
			const key = `${section}/${keyOf(section, kinds[section].nameOf(raw))}`;
			index.set(key, [...(index.get(key) ?? []), raw]);
		}
	}
	return index;
}
