import { isDeepStrictEqual } from "node:util";
import { isHostSource, mostSourceCharacters, sourceCharacters } from "@inlay/contract";
import type { DeploymentProperties } from "./model.ts";

/** The lists of a deployment whose entries end in the policy of the panel's pages. */
const lists = ["allowedOrigins", "scriptOrigins", "connectOrigins"] as const;

/** Entries of one list: more than a deployment has reason for. */
const mostOrigins = 40;
/**
 * Characters of all deployments' lists together: a panel that comes back from sign-in has an address that names no
 * deployment, and its page may be framed by, load from and call what any of them lists.
 */
const mostCharacters = 12_000;
const shownOrigins = 5;

/** Says what is wrong with a field of the properties. */
export type Refuse = (field: string, text: string) => void;

/**
 * Origins must be such, and few enough for a header: one that is too long for the browser or a proxy breaks every page of
 * the panel.
 * @param before of the configuration until now: a list that stands from before these bounds may be sent back
 * @param others of the other deployments
 */
export async function checkOrigins(
	properties: Record<string, unknown>,
	before: DeploymentProperties,
	others: () => Promise<readonly DeploymentProperties[]>,
	refuse: Refuse,
): Promise<void> {
	const changed = lists.filter((field) => !isDeepStrictEqual(properties[field], before[field]));
	const problems = changed.flatMap((field): Array<[string, string]> => {
		const problem = problemOf(properties[field]);
		return problem ? [[field, problem]] : [];
	});
	for (const [field, problem] of problems) refuse(field, problem);
	const [last] = changed.slice(-1);
	if (!last || problems.length > 0) return;
	const own = charactersOf([properties]);
	// Who takes entries away may always do so.
	if (own <= charactersOf([before])) return;
	if (own > mostSourceCharacters) return refuse(last, tooMany(own, mostSourceCharacters, "The deployment's lists"));
	const all = charactersOf([properties, ...(await others())]);
	if (all > mostCharacters) refuse(last, tooMany(all, mostCharacters, "The lists of all deployments"));
}

function problemOf(value: unknown): string | undefined {
	if (value === undefined) return undefined;
	if (!isTexts(value)) return "must be a list of origins.";
	const bad = value.filter((origin) => !isHostSource(origin)).map((origin) => origin.slice(0, 100));
	if (bad.length > 0) {
		const few = bad.slice(0, shownOrigins).join(", ");
		return `has entries that are not origins such as https://crm.example.com: ${few}${bad.length > shownOrigins ? ", …" : ""}.`;
	}
	if (value.length <= mostOrigins) return undefined;
	return `has ${value.length} entries; ${mostOrigins} are the most. A wildcard such as https://*.example.com stands for many.`;
}

function tooMany(characters: number, most: number, what: string): string {
	return `makes the pages' headers too long for browsers. ${what} have ${characters} characters together; ${most} are the most.`;
}

function charactersOf(all: ReadonlyArray<Partial<Record<(typeof lists)[number], unknown>>>): number {
	return sourceCharacters(all.flatMap((properties) => lists.flatMap((field) => (properties[field] ?? []) as string[])));
}

export function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((one) => typeof one === "string");
}
