/** A classic script for other browsers, and smaller: nothing is wrapped around it, so that it leaves the window what it did. */
import { rolldown } from "rolldown";
import { minifySync, transformSync } from "rolldown/utils";
import {
	BundleFailed,
	type BundleOptions,
	bundleName,
	type FrameworkBundle,
	keptLines,
	problemAt,
	usualTarget,
} from "./framework-bundle.ts";
import type { ClassicForm } from "./script-form.ts";

/** Of an error, what is needed here; Oxc's say where, the bundler's do not always. */
interface SyntaxProblem {
	message: string;
	labels?: readonly { start: number }[];
}

/** @param path absolute. Rejects with BundleFailed */
export async function classicScript(
	path: string,
	source: string,
	{ lang, isStrict, hasWith }: ClassicForm,
	options: BundleOptions,
): Promise<FrameworkBundle> {
	const target = options.target ?? usualTarget;
	const helpers = { mode: "External" as const };
	const common = { sourceType: "script" as const, sourcemap: true, target, helpers };
	const made = transformSync(path, source, { ...common, lang, tsconfig: lang === "ts" });
	refuse(path, source, made.errors);
	const intro = await helpersOf(made.helpersUsed, isStrict);
	const code = intro + made.code;
	const map = { ...whole(made.map, path), sourcesContent: [source] };
	map.mappings = ";".repeat(intro.split("\n").length - 1) + map.mappings;
	if (options.readable) return { code, map, warnings: [] };
	const small = minifySync(bundleName, code, {
		module: false,
		compress: { target },
		mangle: !hasWith,
		codegen: keptLines,
		sourcemap: true,
		inputMap: map,
	});
	refuse(path, source, small.errors);
	return { code: `${small.code.trimEnd()}\n`, map: { ...map, ...whole(small.map, path) }, warnings: [] };
}

function refuse(path: string, source: string, errors: readonly SyntaxProblem[]): void {
	if (errors.length === 0) return;
	throw new BundleFailed(
		errors.map(({ message, labels }) => problemAt(path, source, labels?.[0]?.start ?? 0, message.replace(/\.?$/, "."))),
	);
}

/** One line that brings what old browsers lack, by the name under which Oxc speaks of it; empty where nothing is lacking. */
async function helpersOf(used: Readonly<Record<string, string>>, isStrict: boolean): Promise<string> {
	const names = Object.entries(used);
	if (names.length === 0) return "";
	const entry = "\0inlay-helpers";
	const bundle = await rolldown({
		input: entry,
		platform: "browser",
		plugins: [
			{
				name: "inlay-helpers",
				resolveId: (id) => (id === entry ? id : undefined),
				load: (id) =>
					id === entry
						? names.map(([name, from]) => `export { default as ${name} } from "${from}";`).join("\n")
						: undefined,
			},
		],
	});
	const { output } = await bundle.generate({
		format: "iife",
		name: "babelHelpers",
		minify: true,
		codeSplitting: false,
	});
	await bundle.close();
	// What stands before a directive takes its meaning.
	return `${isStrict ? '"use strict";' : ""}${output[0].code.trimEnd()}\n`;
}

function whole(map: { version: number; names: string[]; mappings: string } | undefined, path: string) {
	const { version = 3, names = [], mappings = "" } = map ?? {};
	return { version, sources: [path], names, mappings };
}
