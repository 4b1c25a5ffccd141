/** What the panel gets of a file that somebody writes: the file itself, or a bundle of it. */
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { lintFrameworkScript, scriptFailure } from "@inlay/framework";
import type { ScriptState, SourcePlace } from "./protocol.ts";

export interface BuiltScript {
	/** A classic script. */
	code: string;
	/** Source map of a bundle, as JSON. */
	map?: string;
	/** Absolute names of all files that it was made of. */
	files: string[];
}

/** Why a script cannot be run, and where. */
export class BuildFailure extends Error {
	readonly place: SourcePlace | undefined;
	/** Absolute names of the files to watch until it can. */
	readonly files: string[];

	constructor(message: string, place: SourcePlace | undefined, files: string[]) {
		super(message);
		this.place = place;
		this.files = files;
	}
}

/** Reads or bundles it. Rejects with {@link BuildFailure}. */
export async function buildScript(file: string): Promise<BuiltScript> {
	const path = resolve(file);
	if (/^\.[cm]?tsx?$/.test(extname(path))) return bundle(path);
	const code = await readFile(path, "utf8").catch((error: Error) => {
		throw new BuildFailure(error.message, undefined, [path]);
	});
	const failure = scriptFailure(code);
	if (failure?.isModule) return bundle(path);
	if (!failure) return { code, files: [path] };
	throw new BuildFailure(failure.message, { file: basename(path), line: failure.line, column: 1 }, [path]);
}

/** What `inlay lint` says of it; of a bundle what concerns its text as a whole makes no sense, and nothing is said. */
export function findingsOf(file: string, { code, map }: BuiltScript): ScriptState["findings"] {
	if (map !== undefined) return [];
	return lintFrameworkScript(code).map(({ severity, code: rule, message, line, column }) => ({
		severity,
		code: rule,
		message,
		place: { file: basename(file), line, column },
	}));
}

async function bundle(path: string): Promise<BuiltScript> {
	// Of those alone who write TypeScript or import.
	const { rolldown } = await import("rolldown");
	const seen = new Set([path]);
	try {
		const made = await rolldown({
			input: path,
			platform: "browser",
			logLevel: "silent",
			transform: { target: "es2020" },
			plugins: [{ name: "seen", load: (id) => void seen.add(id) }],
		});
		const { output } = await made.generate({
			format: "iife",
			sourcemap: true,
			codeSplitting: false,
			dir: dirname(path),
		});
		await made.close();
		const [{ code, map }] = output;
		return { code, map: JSON.stringify(map), files: filesOf(seen) };
	} catch (thrown) {
		throw bundleFailure(thrown, path, filesOf(seen));
	}
}

/** What bundlers call modules of their own begins with a zero character. */
const filesOf = (seen: ReadonlySet<string>) => [...seen].filter((id) => !id.startsWith("\0"));

/** The bundler's errors have a list of what is wrong; the first is where to begin. */
function bundleFailure(thrown: unknown, path: string, files: string[]): BuildFailure {
	const [first] = (thrown as { errors?: BundlerError[] }).errors ?? [thrown as BundlerError];
	const { message = String(thrown), loc } = first ?? {};
	const place = loc && {
		file: relative(dirname(path), loc.file ?? path),
		line: loc.line,
		column: loc.column + 1,
	};
	return new BuildFailure(firstLine(message), place, files);
}

interface BundlerError {
	message?: string;
	loc?: { file?: string; line: number; column: number };
}

/** The rest draws the place, in colours. */
function firstLine(message: string): string {
	const [line = ""] = stripVTControlCharacters(message).split("\n");
	return line;
}
