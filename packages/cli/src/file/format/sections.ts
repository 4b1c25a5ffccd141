/** The kinds of things that a file describes, and what each may name. */
import type { InlayFile } from "./schema.ts";

/** In the order in which they are made: what is named comes before who names it. */
export const sections = [
	"divisions",
	"skills",
	"languages",
	"wrapupCodes",
	"presenceDefinitions",
	"roles",
	"clients",
	"users",
	"groups",
	"queues",
	"contactLists",
	"campaigns",
	"deployments",
] as const;
export type Section = (typeof sections)[number];

/** One of each, as people are told. */
export const words: Readonly<Record<Section, string>> = {
	divisions: "division",
	skills: "skill",
	languages: "language",
	wrapupCodes: "wrap-up code",
	presenceDefinitions: "presence",
	roles: "role",
	clients: "OAuth client",
	users: "user",
	groups: "group",
	queues: "queue",
	contactLists: "contact list",
	campaigns: "campaign",
	deployments: "deployment",
};

/** A thing in the file's words; what is undefined is not said. */
export type Values = Readonly<Record<string, unknown>>;

/** By what a thing is known: people by their e-mail address, everything else by its name. */
export function nameOf(section: Section, values: Values): string {
	return section === "users" ? String(values.email) : String(values.name);
}

/** What stands for the same name: those that are the same but for their case are one, as to the organization. */
export function keyOf(_section: Section, name: string): string {
	return name.trim().toLowerCase();
}

/** A place in the file that names something else, by its path from the thing on. */
export interface Reference {
	section: Section;
	name: string;
	path: readonly (string | number)[];
}

const named = (section: Section, path: string) => (values: Values) =>
	typeof values[path] === "string" ? [{ section, name: values[path], path: [path] }] : [];
const listed = (section: Section, path: string) => (values: Values) =>
	((values[path] ?? []) as string[]).map((name, index) => ({ section, name, path: [path, index] }));
const keyed = (section: Section, path: string) => (values: Values) =>
	Object.keys((values[path] ?? {}) as object).map((name) => ({ section, name, path: [path, name] }));
const rolesIn = (values: Values) =>
	Object.entries((values.rolesIn ?? {}) as Record<string, string[]>).flatMap(([division, roles]) => [
		...(division === "*" ? [] : [{ section: "divisions" as const, name: division, path: ["rolesIn", division] }]),
		...roles.map((name, index) => ({ section: "roles" as const, name, path: ["rolesIn", division, index] })),
	]);

const finders: Readonly<Record<Section, readonly ((values: Values) => Reference[])[]>> = {
	divisions: [],
	skills: [],
	languages: [],
	wrapupCodes: [named("divisions", "division")],
	presenceDefinitions: [],
	roles: [],
	clients: [listed("roles", "roles"), rolesIn],
	users: [
		named("divisions", "division"),
		listed("roles", "roles"),
		rolesIn,
		listed("groups", "groups"),
		listed("queues", "queues"),
		keyed("skills", "skills"),
		keyed("languages", "languages"),
	],
	groups: [listed("users", "members")],
	queues: [named("divisions", "division"), listed("users", "members"), listed("wrapupCodes", "wrapupCodes")],
	contactLists: [named("divisions", "division")],
	campaigns: [named("divisions", "division"), named("contactLists", "contactList"), named("queues", "queue")],
	deployments: [named("clients", "client"), listed("groups", "groups")],
};

export function referencesOf(section: Section, values: Values): Reference[] {
	return finders[section].flatMap((find) => find(values));
}

/**
 * The same thing, with what it names of others written as `nameOf` has it. Two that become one are one.
 * A place is a key where it has something else than a text: skills with their proficiency, divisions with their roles.
 */
export function withNames(
	section: Section,
	values: Values,
	nameOf: (section: Section, name: string) => string,
): Values {
	const references = referencesOf(section, values);
	if (references.length === 0) return values;
	const names = new Map(references.map(({ section: of, name, path }) => [JSON.stringify(path), nameOf(of, name)]));
	return renamed(values, [], names) as Values;
}

function renamed(value: unknown, path: Reference["path"], names: ReadonlyMap<string, string>): unknown {
	const nameAt = (part: string | number) => names.get(JSON.stringify([...path, part]));
	if (Array.isArray(value)) {
		if (value.some((_, index) => nameAt(index) === undefined)) return value;
		return [...new Set(value.map((_, index) => nameAt(index)))];
	}
	if (typeof value !== "object" || value === null) return value;
	const all: Record<string, unknown> = {};
	for (const [key, one] of Object.entries(value)) {
		if (typeof one === "string") {
			all[key] = nameAt(key) ?? one;
			continue;
		}
		const name = nameAt(key) ?? key;
		const [before, after] = [all[name], renamed(one, [...path, key], names)];
		all[name] = Array.isArray(before) && Array.isArray(after) ? [...new Set([...before, ...after])] : after;
	}
	return all;
}

/** The things of a section; skills and languages are names alone. */
export function thingsOf(file: InlayFile, section: Section): Values[] {
	const written: readonly (string | object)[] = file[section] ?? [];
	return written.map((one) => (typeof one === "string" ? { name: one } : (one as Values)));
}
