import { locale } from "@inlay/ui";

/** A place of the organization, as the server has it (`LocationDefinition`). */
export interface OfficeLocation {
	id: string;
	name: string;
	state: "active" | "inactive";
	notes?: string;
	address?: Partial<Record<AddressPart | "country", string>>;
	/** The places that it is in, the outermost first. */
	path: string[];
	version: number;
}

/** In the order of the form. */
export const addressParts = ["street1", "street2", "zipcode", "city", "state", "countryName"] as const;
type AddressPart = (typeof addressParts)[number];

/** The same in a form; `state` of the address is its region. */
export interface LocationForm extends Record<AddressPart, string> {
	name: string;
	notes: string;
	/** The place that it is in; empty for none. */
	inside: string;
	isActive: boolean;
}

export const newLocation: OfficeLocation = { id: "", name: "", state: "active", path: [], version: 0 };

export function locationFormOf({ name, state, notes = "", address = {}, path }: OfficeLocation): LocationForm {
	const parts = Object.fromEntries(addressParts.map((part) => [part, address[part] ?? ""]));
	return {
		...(parts as Record<AddressPart, string>),
		countryName: countryOf(address),
		name,
		notes,
		inside: path.at(-1) ?? "",
		isActive: state === "active",
	};
}

/** The country's name, also where only its code is known. */
function countryOf({ country = "", countryName = "" }: NonNullable<OfficeLocation["address"]>): string {
	if (countryName !== "" || !/^[A-Z]{2}$/i.test(country)) return countryName || country;
	return new Intl.DisplayNames([locale.value], { type: "region" }).of(country.toUpperCase()) ?? country;
}

/** What is sent. What the form does not show of an address stays. @param all by which the way to the place it is in is known */
export function locationBodyOf(form: LocationForm, base: OfficeLocation, all: readonly OfficeLocation[]) {
	const parent = all.find(({ id }) => id === form.inside);
	const shown = new Map<string, string>(addressParts.map((part) => [part, form[part].trim()]));
	const before = base.address ?? {};
	// Another country has another code; where it is the same, its name and code stay as they were.
	const isSame = form.countryName.trim() === countryOf(before);
	const named = {
		country: isSame ? before.country : "",
		countryName: isSame ? before.countryName : form.countryName.trim(),
	};
	const address = { ...before, ...Object.fromEntries(shown), ...named };
	return {
		name: form.name.trim(),
		notes: form.notes,
		state: form.isActive ? "active" : "inactive",
		// One whose parent nobody told of stays where it is.
		path: parent ? [...parent.path, parent.id] : form.inside === "" ? [] : base.path,
		address: Object.fromEntries(Object.entries(address).filter(([, value]) => value)),
	};
}

export function locationProblems({ name }: LocationForm): Set<keyof LocationForm> {
	return new Set(name.trim() === "" ? ["name"] : []);
}

/** Where it can be: anywhere but in itself, or in what is inside of it. */
export function placesFor(id: string, all: readonly OfficeLocation[]): OfficeLocation[] {
	return all.filter((one) => one.id !== id && !one.path.includes(id));
}

/** Where it is, from the outermost place on, as one reads it. */
export function placeOf({ path, name }: OfficeLocation, all: readonly OfficeLocation[]): string {
	const names = new Map(all.map((one) => [one.id, one.name]));
	return [...path.map((id) => names.get(id) ?? id), name].join(" / ");
}
