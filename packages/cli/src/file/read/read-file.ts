/** An `inlay.yaml` with its scripts, checked as far as it can be without an organization. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { InlayFile } from "../format/schema.ts";
import { keyOf, nameOf, referencesOf, type Section, sections, thingsOf, words } from "../format/sections.ts";
import { filled } from "../kinds/deployments.ts";
import { checkShape, type ShapeProblem } from "./check-shape.ts";
import { FileRefused, fieldOf, type Path, type Problem } from "./problems.ts";
import { withVariables } from "./variables.ts";
import { type Pruned, withoutMistakes } from "./without-mistakes.ts";
import { readYaml, type YamlText } from "./yaml-text.ts";

/** What a deployment takes (framework-scripts.md). */
const mostScriptBytes = 1_048_576;
/** What is left without a mistake may lack something in turn. */
const mostPrunings = 5;

export interface ReadFile {
	/** As it was named. */
	path: string;
	file: InlayFile;
	/** Texts of the scripts, by the paths that the file writes; without those that nobody makes anything of and that are not there. */
	scripts: ReadonlyMap<string, string>;
	/** Where those are not. */
	unbuilt: readonly string[];
	/** What a password is to be, by the name of its variable; empty where that is not set. Absent: nobody makes anything. */
	passwords?: ReadonlyMap<string, string>;
	/** A problem with its line. */
	problem(path: Path, text: string): Problem;
}

/**
 * @param env where variables and passwords are; whether these are there is asked of accounts that are made, by the plan
 * @param isMaking false for who deletes things, or only compares them: no script is uploaded, so one that a server would
 * refuse, or that has not been built, does not keep them from it
 * @throws FileRefused naming every mistake with its line, column and field
 */
export async function readInlayFile(path: string, env: NodeJS.ProcessEnv, isMaking = true): Promise<ReadFile> {
	const text = await textOf(path);
	const yaml = readYaml(text);
	if (yaml.problems.length > 0) throw new FileRefused(path, yaml.problems);
	const { value, problems: unfilled } = withVariables(yaml.value, env);
	if (unfilled.length > 0) throw new FileRefused(path, unfilled.map((one) => located(yaml, one)).sort(byLine));
	const shape = checkShape(value);
	if ("problems" in shape) {
		const mistakes = [...shape.problems, ...(await furtherMistakes(path, value, shape.problems))];
		throw new FileRefused(path, mistakes.map((one) => located(yaml, one)).sort(byLine));
	}
	const { file } = shape;
	const problem = (at: Path, what: string) => located(yaml, { path: at, text: what });
	const scripts = await readScripts(path, file, isMaking);
	const mistakes = [...mistakesIn(file), ...scripts.problems];
	if (mistakes.length > 0) throw new FileRefused(path, mistakes.map((one) => located(yaml, one)).sort(byLine));
	const { texts, unbuilt } = scripts;
	return { path, file, scripts: texts, unbuilt, problem, ...(isMaking ? { passwords: passwordsOf(file, env) } : {}) };
}

/** What names and references say of it, whatever its shape. */
function mistakesIn(file: InlayFile): Mistake[] {
	return [
		...named(file, twice),
		...named(file, abilitiesTwice),
		...named(file, wantedAndUnwanted),
		...clientsMuddled(file),
	];
}

/** The same of a file whose shape is wrong: of what is left of it. */
async function furtherMistakes(path: string, value: unknown, found: readonly ShapeProblem[]): Promise<Mistake[]> {
	let left: Pruned = { value, original: (at) => at };
	let problems = found;
	for (let tries = 0; tries < mostPrunings; tries++) {
		const { original } = left;
		const next = withoutMistakes(left.value, problems);
		left = { value: next.value, original: (at) => original(next.original(at)) };
		// That the format's version is missing, or another one, is told already.
		const shape = checkShape({ ...(next.value as object), inlay: 1 });
		if ("problems" in shape) {
			problems = shape.problems;
			continue;
		}
		const mistakes = [...mistakesIn(shape.file), ...(await readScripts(path, shape.file, true)).problems];
		return mistakes.map((one) => ({ ...one, path: left.original(one.path) }));
	}
	return [];
}

async function textOf(path: string): Promise<string> {
	try {
		return withoutMark(await readFile(path, "utf8"));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const why = code === "ENOENT" ? "There is no such file. inlay init writes one to start from." : String(error);
		throw new FileRefused(path, [{ field: "", text: why }]);
	}
}

/** Editors on Windows put a mark before a text, which is no part of it. */
function withoutMark(text: string): string {
	return text.replace(/^\uFEFF/, "");
}

interface Mistake {
	path: Path;
	isKey?: true;
	text: string;
}

function located(yaml: YamlText, { path, isKey, text }: Mistake): Problem {
	const place = isKey ? yaml.placeOfKey(path) : yaml.placeOf(path);
	return { ...place, field: fieldOf(path), text };
}

function byLine(a: Problem, b: Problem): number {
	return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function named(file: InlayFile, find: (file: InlayFile, section: Section) => Mistake[]): Mistake[] {
	return sections.flatMap((section) => find(file, section));
}

/** Names are what things are known by: each stands once. */
function twice(file: InlayFile, section: Section): Mistake[] {
	const seen = new Map<string, number>();
	return thingsOf(file, section).flatMap((values, index) => {
		const name = nameOf(section, values);
		const first = seen.get(keyOf(section, name));
		seen.set(keyOf(section, name), first ?? index);
		if (first === undefined) return [];
		const path = ["skills", "languages"].includes(section)
			? [section, index]
			: [section, index, section === "users" ? "email" : "name"];
		return [{ path, text: `There are two of the name "${name}": see ${section}[${first}]. Names are unique.` }];
	});
}

/** Of a skill that is written in two cases nobody knows which proficiency counts. */
function abilitiesTwice(file: InlayFile, section: Section): Mistake[] {
	return thingsOf(file, section).flatMap((values, index) => {
		const seen = new Set<string>();
		return referencesOf(section, values).flatMap(({ section: of, name, path }): Mistake[] => {
			if (path.length !== 2 || !["skills", "languages"].includes(String(path[0]))) return [];
			const key = `${of}/${keyOf(of, name)}`;
			if (seen.has(key)) return [{ path: [section, index, ...path], isKey: true, text: `"${name}" is there twice.` }];
			seen.add(key);
			return [];
		});
	});
}

function wantedAndUnwanted(file: InlayFile, section: Section): Mistake[] {
	const wanted = new Set(thingsOf(file, section).map((values) => keyOf(section, nameOf(section, values))));
	return (file.remove?.[section] ?? []).flatMap((name, index) =>
		wanted.has(keyOf(section, name))
			? [{ path: ["remove", section, index], text: `The ${words[section]} "${name}" is to be and not to be.` }]
			: [],
	);
}

/** @param isMaking they are uploaded: what a server refuses is a mistake */
async function readScripts(path: string, file: InlayFile, isMaking: boolean) {
	const texts = new Map<string, string>();
	const problems: Mistake[] = [];
	const unbuilt: string[] = [];
	for (const [index, { script }] of (file.deployments ?? []).entries()) {
		if (script === undefined) continue;
		const at = ["deployments", index, "script"];
		try {
			const text = withoutMark(await readFile(resolve(dirname(path), script), "utf8"));
			const faults = isMaking ? await faultsOf(text) : [];
			problems.push(...faults.map((fault) => ({ path: at, text: `${script} ${fault}` })));
			texts.set(script, text);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			const place = resolve(dirname(path), script);
			const why = code === "ENOENT" ? "There is no such file" : String(error);
			if (code === "ENOENT" && !isMaking) unbuilt.push(place);
			else problems.push({ path: at, text: `${why}: ${place}.` });
		}
	}
	return { texts, problems, unbuilt };
}

async function faultsOf(text: string): Promise<string[]> {
	const failure = await failureOf(text);
	return [
		...(Buffer.byteLength(text) > mostScriptBytes ? ["is larger than 1 MiB, which is what a deployment takes."] : []),
		...(text.trim() === "" ? ["is empty."] : []),
		...(failure ? [failure] : []),
	];
}

/** As a server refuses it at the upload: what is filled in later stands in texts. */
async function failureOf(text: string): Promise<string | undefined> {
	// With its parser it is loaded for files that have scripts.
	const { scriptFailure } = await import("@inlay/framework");
	const failure = scriptFailure(filled(text, { appName: "name", clientId: "id" }));
	if (!failure || failure.isTooDeep) return undefined;
	const why = failure.isModule ? "it is a module, and the panel loads a classic script" : failure.message;
	return `is not JavaScript: ${why} (line ${failure.line}).`;
}

function passwordsOf(file: InlayFile, env: NodeJS.ProcessEnv): Map<string, string> {
	const variables = (file.users ?? []).flatMap(({ password }) => (password ? [password.env] : []));
	return new Map(variables.map((name) => [name, env[name] ?? ""]));
}

/** What a client of this grant type never has would be sent in vain. */
function clientsMuddled(file: InlayFile): Mistake[] {
	return (file.clients ?? []).flatMap(({ grantType, scopes = [], roles = [], rolesIn }, index) => {
		if (grantType === "CLIENT-CREDENTIALS" && scopes.length > 0)
			return [{ path: ["clients", index, "scopes"], text: "A client of CLIENT-CREDENTIALS has roles and no scopes." }];
		if (grantType !== undefined && grantType !== "CLIENT-CREDENTIALS" && (roles.length > 0 || rolesIn))
			return [
				{
					path: ["clients", index, roles.length > 0 ? "roles" : "rolesIn"],
					text: "Roles are for CLIENT-CREDENTIALS: who signs in by this client has their own.",
				},
			];
		return [];
	});
}
