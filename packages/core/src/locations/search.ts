import { folded } from "@inlay/contract/words";
import { badField, notSupported } from "../kernel/http/api-error.ts";
import type { SearchCriterion } from "../users/search-store.ts";
import type { Location } from "./model.ts";

/** What locations are looked for by. */
const readings: Readonly<Record<string, (one: Location) => readonly string[]>> = {
	id: (one) => [one.id],
	name: (one) => [one.name],
	notes: (one) => (one.notes ? [one.notes] : []),
	state: (one) => [one.state],
	contactUser: (one) => (one.contactUserId ? [one.contactUserId] : []),
	address: (one) => Object.values(one.address ?? {}),
	path: (one) => one.path,
};

const fitting: Readonly<Record<string, (text: string, wanted: string) => boolean>> = {
	EXACT: (text, wanted) => text === wanted,
	CONTAINS: (text, wanted) => text.includes(wanted),
	STARTS_WITH: (text, wanted) => text.startsWith(wanted),
	TERM: (text, wanted) => text.split(/[^\p{L}\p{N}]+/u).includes(wanted),
};

/**
 * Whether a location is what is asked for: as with users, all must hold, and `operator` says how one joins those before it.
 * @throws ApiError 400 for what is not looked for
 */
export function fits(location: Location, query: readonly SearchCriterion[]): boolean {
	return query.reduce((isFit, one, index) => {
		const holds = fitsOne(location, one);
		if (one.operator === "NOT") return isFit && !holds;
		// The first joins nothing, and every one is read: what is not looked for is refused whatever the others say.
		return one.operator === "OR" && index > 0 ? isFit || holds : isFit && holds;
	}, true);
}

function fitsOne(location: Location, one: SearchCriterion): boolean {
	if (one.group || one.startValue !== undefined || one.endValue !== undefined) throw notSupported(["query.group"]);
	const rule = Object.hasOwn(fitting, one.type) ? fitting[one.type] : undefined;
	if (!rule) throw notSupported([`query.type=${one.type}`]);
	const wanted = [...(one.values ?? []), ...(one.value === undefined ? [] : [one.value])].map(folded);
	const isFound = (one.fields ?? ["name"]).some((field) => {
		const read = Object.hasOwn(readings, field) ? readings[field] : undefined;
		if (!read) throw badField("query.fields", `Locations have no field ${field} to look for.`);
		const texts = read(location).map(folded);
		return texts.some((text) => wanted.some((each) => rule(text, each)));
	});
	return isFound;
}
