/** What the file wants of each thing, with what it says elsewhere of the same. */
import {
	keyOf,
	nameOf,
	referencesOf,
	type Section,
	sections,
	thingsOf,
	type Values,
	withNames,
} from "../format/sections.ts";
import { grantsWanted } from "../kinds/grants.ts";
import { kinds } from "../kinds/kinds.ts";
import type { Path } from "../read/problems.ts";
import type { ReadFile } from "../read/read-file.ts";
import type { World } from "./world.ts";

export interface Wanted {
	section: Section;
	name: string;
	/** Where the file writes it. */
	path: Path;
	/** The field by which it is known. */
	namePath: Path;
	values: Values;
	/** People whom their own entries put here, beside whoever is a member. */
	joining: readonly string[];
	/** It is named by others alone: it has to be there, or nowhere. */
	isImplied?: true;
}

/** A name that the file writes of something else, and where. */
export interface Named {
	section: Section;
	name: string;
	path: Path;
}

export function wantedThings({ file, scripts }: Pick<ReadFile, "file" | "scripts">, home: string): Wanted[] {
	const joining = joiningPeople(file.users ?? []);
	const written = sections.flatMap((section) =>
		thingsOf(file, section).map((values, index): Wanted => {
			const name = nameOf(section, values);
			const path = [section, index];
			const isPlain = section === "skills" || section === "languages";
			return {
				section,
				name,
				path,
				namePath: isPlain ? path : [...path, section === "users" ? "email" : "name"],
				values: normal(section, values, home, scripts),
				joining: joining.get(`${section}/${keyOf(section, name)}`)?.emails ?? [],
			};
		}),
	);
	const there = new Set(written.map(({ section, name }) => `${section}/${keyOf(section, name)}`));
	const implied = [...joining]
		.filter(([key]) => !there.has(key))
		.map(([, { section, name, path, emails }]): Wanted => {
			return { section, name, path, namePath: path, values: { name }, joining: emails, isImplied: true };
		});
	return [...written, ...implied];
}

export function namedThings({ file }: Pick<ReadFile, "file">): Named[] {
	return sections.flatMap((section) =>
		thingsOf(file, section).flatMap((values, index) =>
			referencesOf(section, values).map(({ section: of, name, path }) => ({
				section: of,
				name,
				path: [section, index, ...path],
			})),
		),
	);
}

/**
 * The same file with each name of something as the organization writes it, or else as the file declares it. Names that differ
 * by their case alone are one; from here on they can be compared letter by letter.
 */
export function inNamesOf(world: Pick<World, "named">, read: ReadFile): ReadFile {
	const declared = new Map(
		sections.flatMap((section) =>
			thingsOf(read.file, section).map((values) => {
				const name = nameOf(section, values);
				return [`${section}/${keyOf(section, name)}`, name] as const;
			}),
		),
	);
	const known = (section: Section, name: string) => {
		const [raw] = world.named(section, name);
		return raw ? kinds[section].nameOf(raw) : (declared.get(`${section}/${keyOf(section, name)}`) ?? name);
	};
	const written = sections.flatMap((section) => {
		const all: readonly (string | object)[] | undefined = read.file[section];
		if (!all) return [];
		const renamed = all.map((one) => (typeof one === "string" ? one : withNames(section, one as Values, known)));
		return [[section, renamed] as const];
	});
	return { ...read, file: { ...read.file, ...Object.fromEntries(written) } };
}

function normal(section: Section, values: Values, home: string, scripts: ReadonlyMap<string, string>): Values {
	if (section === "users" || section === "clients") {
		const { roles, rolesIn, groups, queues, ...rest } = values;
		const grants = grantsWanted(values, home);
		return grants === undefined ? rest : { ...rest, grants };
	}
	if (section !== "deployments") return values;
	const { script, ...rest } = values;
	// What nobody has built yet says nothing of what there is to be.
	const text = typeof script === "string" ? scripts.get(script) : undefined;
	return text === undefined ? rest : { ...rest, script: text };
}

interface Joining {
	section: Section;
	name: string;
	path: Path;
	emails: string[];
}

function joiningPeople(users: readonly { email: string; groups?: string[]; queues?: string[] }[]) {
	const all = new Map<string, Joining>();
	for (const [index, user] of users.entries()) {
		for (const section of ["groups", "queues"] as const) {
			for (const [place, name] of (user[section] ?? []).entries()) {
				const key = `${section}/${keyOf(section, name)}`;
				const path = ["users", index, section, place];
				const one = all.get(key) ?? { section, name, path, emails: [] };
				one.emails.push(user.email);
				all.set(key, one);
			}
		}
	}
	return all;
}
