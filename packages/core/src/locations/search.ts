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

/** Whether a location is what is asked for. @throws ApiError 400 for what is not looked for */
export function fits(location: Location, query: readonly SearchCriterion[]): boolean {
	return query.every((one) => {
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
		return one.operator === "NOT" ? !isFound : isFound;
	});
}
