import type { ClaimNames, Person } from "./model.ts";

/** As many groups of one person as are looked at, and characters of each. */
const mostGroups = 2_000;
const longestText = 500;
/** RFC 5321, 4.5.3.1. */
const longestAddress = 254;
/** Printable ASCII without spaces, around one at sign. */
const plainAddress = /^[!-?A-~]+@[A-Za-z\d.-]+$/;

type Told = Readonly<Record<string, unknown>>;

/**
 * Reads a person off claims or attributes, by the names that the administrator has given.
 * @param sources what was told in one place each, what counts more first
 */
export function readPerson(
	sources: readonly Told[],
	names: ClaimNames,
	proven: { issuer: string; subject: string },
): Omit<Person, "idToken"> {
	const told: Told = Object.fromEntries(sources.toReversed().flatMap((one) => Object.entries(one)));
	const source = sources.find((one) => one[names.address] !== undefined) ?? {};
	const name = text(told[names.name]);
	const groups = names.groups === undefined ? undefined : texts(told[names.groups]);
	return {
		...proven,
		...addressOf(source[names.address]),
		...markOf(source, names),
		...(name ? { name } : {}),
		...(groups ? { groups } : {}),
		claims: told,
	};
}

/** One address, letter for letter: in a Kelvin sign or a mark without width another person's might be hidden. */
function addressOf(value: unknown): Pick<Person, "address" | "isOddAddress"> {
	const [one, ...more] = [value ?? []].flat();
	if (one === undefined || one === "") return {};
	const isPlain = typeof one === "string" && one.length <= longestAddress && plainAddress.test(one);
	return isPlain && more.length === 0 ? { address: foldAscii(one) } : { isOddAddress: true };
}

/** `email_verified` is said of `email`, and of the one beside it (OpenID Connect Core 1.0, 5.1). */
function markOf(source: Told, { address }: ClaimNames): Pick<Person, "addressVerified"> {
	const mark = source.email_verified;
	if (address !== "email" || mark === undefined) return {};
	// Some providers send it as text.
	return { addressVerified: mark === true || mark === "true" };
}

/** Small letters for A to Z alone: what else folds looks like another letter, and is none. */
export function foldAscii(sent: string): string {
	return sent.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
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
