/** One classic script of a `framework.ts` and all that it imports: the panel loads no modules (framework-contract 2). */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type OutputChunk, type RolldownError, type RolldownLog, rolldown } from "rolldown";
import { classicScript } from "./classic-script.ts";
import {
	BundleFailed,
	type BundleOptions,
	type BundleProblem,
	bundleName,
	type FrameworkBundle,
	keptLines,
	problemAt,
	usualTarget,
} from "./framework-bundle.ts";
import { classicForm, lostThis } from "./script-form.ts";

/** A classic script stays one; modules become one. Rejects with BundleFailed, naming each file and line. */
export async function bundleFramework(entry: string | URL, options: BundleOptions = {}): Promise<FrameworkBundle> {
	const input = entry instanceof URL ? fileURLToPath(entry) : resolve(entry);
	const source = await readFile(input, "utf8").catch(() => undefined);
	const form = source === undefined ? undefined : classicForm(input, source);
	return source !== undefined && form ? classicScript(input, source, form, options) : bundleModules(input, options);
}

async function bundleModules(input: string, options: BundleOptions): Promise<FrameworkBundle> {
	const logs: RolldownLog[] = [];
	const warnings: BundleProblem[] = [];
	try {
		const bundle = await rolldown({
			input,
			platform: "browser",
			onLog: (level, log) => {
				if (level === "warn") logs.push(log);
			},
			resolve: { alias: ownPackages() },
			transform: { target: options.target ?? usualTarget },
			// What a package's entry passes on and nobody asks for is not read: of ours, the whole linter at each save.
			experimental: { lazyBarrel: true, ...(options.readable ? {} : { attachDebugInfo: "none" as const }) },
			plugins: [{ name: "inlay-this", transform: (code, id) => void warnings.push(...lostThisOf(id, code)) }],
		});
		const { output } = await bundle.generate({
			format: "iife",
			file: bundleName,
			minify: options.readable !== true && { compress: true, mangle: true, codegen: keptLines },
			// What is shipped is not to be read for its comments; licences stay.
			...(options.readable ? {} : { comments: { legal: true, annotation: false, jsdoc: false } }),
			sourcemap: true,
			// One file: what is imported later comes with it.
			codeSplitting: false,
		});
		await bundle.close();
		const missing = logs.filter(({ code }) => code !== undefined && missingParts.includes(code));
		if (missing.length > 0) throw new BundleFailed(missing.map(problemOf));
		return { ...read(output[0]), warnings: [...logs.map(problemOf), ...warnings] };
	} catch (thrown) {
		if (thrown instanceof BundleFailed) throw thrown;
		if (!existsSync(input))
			throw new BundleFailed([{ file: input, line: 1, column: 1, message: "There is no such file." }]);
		throw new BundleFailed(problemsOf(thrown));
	}
}

/** The bundler leaves to the page what it does not find; a panel's window has none of it. */
const missingParts = ["UNRESOLVED_IMPORT", "IMPORT_IS_UNDEFINED", "MISSING_EXPORT"];
/** What is said instead of the bundler's words, which speak of its own options. */
const ownWords: Readonly<Record<string, string>> = {
	INVALID_TLA_FORMAT: "A script has no await outside of functions: put it into an async function.",
	EMPTY_IMPORT_META: "A script has no import.meta: it is {} here.",
};

/** Authors' packages, where the script's own folder has none: found beside this command. */
function ownPackages(): Record<string, string> {
	const names = ["@inlay/framework"];
	return Object.fromEntries(names.map((name) => [name, fileURLToPath(import.meta.resolve(name))]));
}

/** Packages ask for `this` on purpose, and do without. */
function lostThisOf(file: string, source: string): BundleProblem[] {
	if (file.startsWith("\0") || /[\\/]node_modules[\\/]/.test(file)) return [];
	return lostThis(file, source).map((at) => problemAt(file, source, at, lostThisText));
}

const lostThisText = "Outside of functions, this is undefined in a module: write window.";

function read({ code, map }: OutputChunk): Omit<FrameworkBundle, "warnings"> {
	// Where nothing of the sources is left, there is no map of it.
	const nothing: FrameworkBundle["map"] = { version: 3, sources: [], names: [], mappings: "" };
	const told = map === null ? nothing : (JSON.parse(String(map)) as FrameworkBundle["map"]);
	const { version, sources, names, mappings, sourcesContent } = told;
	const absolute = sources.map((each) => (isAbsolute(each) ? each : resolve(each)));
	const whole = { version, sources: absolute, names, mappings, ...(sourcesContent ? { sourcesContent } : {}) };
	return { code: code.replace(/\n?\/\/# sourceMappingURL=.*\n?$/, "\n"), map: whole };
}

function problemsOf(thrown: unknown): BundleProblem[] {
	const errors = (thrown as { errors?: RolldownError[] }).errors ?? [thrown as RolldownError];
	return errors.map(problemOf);
}

function problemOf({ code = "", id, loc, message }: RolldownLog): BundleProblem {
	return {
		file: loc?.file ?? id,
		line: loc?.line ?? 1,
		column: (loc?.column ?? 0) + 1,
		message: ownWords[code] ?? sentence(message),
	};
}

/** The bundler's first line, without its colours and its code. */
function sentence(message: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
	const [first = ""] = message.replace(/\u001B\[[0-9;]*m/g, "").split("\n");
	const text = first.replace(/^\[\w+\]\s*/, "").replace(/\.?$/, ".");
	return text.replace(/ in \S+\.$/, ".");
}

/** A path as people write it: from where they stand. */
export function shownPath(file: string): string {
	const path = relative(process.cwd(), file);
	return path === "" || path.startsWith("../../..") ? file : path;
}
