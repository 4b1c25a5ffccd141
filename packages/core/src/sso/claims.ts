import type { ClaimNames, Person } from "./model.ts";

/** As many groups of one person as are looked at, and characters of each. */
const mostGroups = 2_000;
const longestText = 500;

type Told = Readonly<Record<string, unknown>>;

/** Reads a person off claims or attributes, by the names that the administrator has given. */
export function readPerson(
	told: Told,
	names: ClaimNames,
	proven: { issuer: string; subject: string },
): Omit<Person, "idToken"> {
	const address = text(told[names.address])?.toLowerCase();
	const name = text(told[names.name]);
	const verified = told.email_verified;
	const groups = names.groups === undefined ? undefined : texts(told[names.groups]);
	return {
		...proven,
		...(address ? { address } : {}),
		// Some providers send it as text.
		...(verified === undefined ? {} : { addressVerified: verified === true || verified === "true" }),
		...(name ? { name } : {}),
		...(groups ? { groups } : {}),
		claims: told,
	};
}

function text(value: unknown): string | undefined {
	const one = Array.isArray(value) ? value[0] : value;
	return typeof one === "string" && one.trim() !== "" ? one.trim().slice(0, longestText) : undefined;
}

/** A single group often comes as a text. */
function texts(value: unknown): string[] | undefined {
	if (value === undefined || value === null) return undefined;
	return [value]
		.flat()
		.filter((one): one is string => typeof one === "string" && one !== "")
		.slice(0, mostGroups)
		.map((one) => one.slice(0, longestText));
}
