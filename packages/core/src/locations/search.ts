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

const rules: Readonly<Record<string, (text: string, wanted: string) => boolean>> = {
	EXACT: (text, wanted) => text === wanted,
	CONTAINS: (text, wanted) => text.includes(wanted),
	STARTS_WITH: (text, wanted) => text.startsWith(wanted),
	TERM: (text, wanted) => text.split(/[^\p{L}\p{N}]+/u).includes(wanted),
};

/**
 * Which locations are asked for: as with users, all criteria must hold, and `operator` says how one joins those before it. All are
 * read before any location is: what is not looked for is refused whatever there is, and whatever the others say.
 * @throws ApiError 400 for what is not looked for
 */
export function fitting(query: readonly SearchCriterion[]): (location: Location) => boolean {
	const criteria = query.map((one, index) => ({ operator: one.operator, holds: criterionOf(one, `query.${index}`) }));
	return (location) =>
		criteria.reduce((isFit, { operator, holds }, index) => {
			if (operator === "NOT") return isFit && !holds(location);
			// The first joins nothing.
			return operator === "OR" && index > 0 ? isFit || holds(location) : isFit && holds(location);
		}, true);
}

function criterionOf(one: SearchCriterion, path: string): (location: Location) => boolean {
	if (one.group) throw notSupported([`${path}.group`]);
	const rule = Object.hasOwn(rules, one.type) ? rules[one.type] : undefined;
	if (!rule) throw notSupported([`${path}.type=${one.type.slice(0, 100)}`]);
	const wanted = [...(one.values ?? []), ...(one.value === undefined ? [] : [one.value])].map(folded);
	if (wanted.length === 0) throw badField(`${path}.value`, `${path}.value is missing.`);
	const fields = (one.fields ?? ["name"]).map((field) => readingOf(field, path));
	if (fields.length === 0) throw badField(`${path}.fields`, `${path}.fields names no field.`);
	return (location) =>
		fields.some((read) => read(location).some((text) => wanted.some((each) => rule(folded(text), each))));
}

function readingOf(field: string, path: string) {
	const read = Object.hasOwn(readings, field) ? readings[field] : undefined;
	if (read) return read;
	const known = Object.keys(readings).join(", ");
	throw badField(`${path}.fields`, `"${field.slice(0, 100)}" cannot be searched; these can: ${known}.`);
}
