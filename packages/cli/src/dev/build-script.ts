/** What the panel gets of a file that somebody writes: the file itself, or a bundle of it. */
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, relative, resolve } from "node:path";
import { type LintFinding, lintFrameworkScript, scriptFailure } from "@inlay/framework";
import { BundleFailed, type FrameworkBundle } from "../build/framework-bundle.ts";
import type { ScriptState, SourcePlace } from "./protocol.ts";

export interface BuiltScript {
	/** A classic script. */
	code: string;
	/** What it is, where it is one. */
	bundle?: FrameworkBundle;
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
	if (failure?.isModule || (await bringsOthers(path, code))) return bundle(path);
	if (!failure) return { code, files: [path] };
	throw new BuildFailure(failure.message, { file: basename(path), line: failure.line, column: 1 }, [path]);
}

/** What `inlay lint` says of it. */
export async function findingsOf(file: string, { code, bundle: made }: BuiltScript): Promise<ScriptState["findings"]> {
	const path = resolve(file);
	if (!made) return lintFrameworkScript(code).map((finding) => placed(finding, basename(path)));
	const { lintBundle } = await import("../build/lint-bundle.ts");
	return lintBundle(made, path, {}).flatMap(({ name, findings }) => findings.map((finding) => placed(finding, name)));
}

function placed({ severity, code, message, line, column }: LintFinding, file: string): ScriptState["findings"][number] {
	return { severity, code, message, place: { file, line, column } };
}

/** Without module syntax, by `require` or later. */
async function bringsOthers(path: string, code: string): Promise<boolean> {
	if (!/\b(?:require|import)\s*\(/.test(code)) return false;
	const { classicForm } = await import("../build/script-form.ts");
	try {
		return classicForm(path, code) === undefined;
	} catch (thrown) {
		// Its bundling says so, and where.
		return thrown instanceof BundleFailed;
	}
}

async function bundle(path: string): Promise<BuiltScript> {
	// The bundler is of no use to scripts that are JavaScript.
	const { bundleFramework } = await import("../build/bundle.ts");
	try {
		const made = await bundleFramework(path, { readable: true });
		return { code: made.code, bundle: made, files: [...new Set([path, ...made.map.sources])] };
	} catch (thrown) {
		if (!(thrown instanceof BundleFailed)) throw thrown;
		const [first] = thrown.problems;
		const { message = thrown.message, file = path, line = 1, column = 1 } = first ?? {};
		const place = { file: relative(dirname(path), file), line, column };
		throw new BuildFailure(message, place, [...new Set([path, file])]);
	}
}
