/** `inlay build`: what agents' panels load, of what authors write. */
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { asJson } from "../lint/json.ts";
import type { LintExitCode, LintedFile } from "../lint/lint-command.ts";
import { exitCode } from "../lint/lint-command.ts";
import { asSarif } from "../lint/sarif.ts";
import { asText } from "../lint/text.ts";
import { bundleFramework, shownPath } from "./bundle.ts";
import { BundleFailed, type BundleProblem, type FrameworkBundle } from "./framework-bundle.ts";
import { BundlePlaces, lintBundle } from "./lint-bundle.ts";
import { type TryOut, tryOut } from "./try-out.ts";

export interface BuildCommandOptions {
	/** The file to write. */
	out?: string;
	readable?: boolean;
	target?: string;
	/** Bytes that the script may have. */
	maxSize: number;
	sourceMap?: boolean;
	/** Whether to run what was built. */
	run?: boolean;
	review?: boolean;
	maxWarnings?: number;
	format: "text" | "json" | "sarif";
}

export interface BuildPorts {
	out(text: string): void;
	err(text: string): void;
}

const reports = { text: asText, json: asJson, sarif: asSarif };

/** Bundles, lints, tries and writes; the file is written whatever was found in it, and not where it could not be made or is too large. */
export async function buildFramework(
	entry: string,
	options: BuildCommandOptions,
	ports: BuildPorts,
): Promise<LintExitCode> {
	try {
		const { target } = options;
		const shape = target === undefined ? {} : { target };
		// Findings are of what one can read: minified, names and places blur.
		const [readable, built] = await Promise.all([
			bundleFramework(entry, { ...shape, readable: true }),
			bundleFramework(entry, { ...shape, readable: options.readable === true }),
		]);
		const linted = lintBundle(readable, resolve(entry), { review: options.review === true });
		const report = reports[options.format](linted);
		if (report !== "") ports.out(report);
		for (const warning of readable.warnings) ports.err(problemText(warning, "warning"));
		if (options.run !== false && !hasErrors(linted)) tellTrial(entry, readable, ports);
		const isSmall = await write(entry, built, options, ports);
		return isSmall ? exitCode(linted, options.maxWarnings) : 1;
	} catch (error) {
		if (!(error instanceof BundleFailed)) throw error;
		for (const problem of error.problems) ports.err(problemText(problem, "error"));
		return error.problems.some(({ message }) => message === "There is no such file.") ? 2 : 1;
	}
}

function problemText({ file, line, column, message }: BundleProblem, severity: string): string {
	return `${file === undefined ? "inlay build" : `${shownPath(file)}:${line}:${column}`}: ${severity}: ${message}`;
}

function hasErrors(linted: readonly LintedFile[]): boolean {
	return linted.some(({ findings }) => findings.some(({ severity }) => severity === "error"));
}

/** Says where the script does not set `window.Framework`, as far as that can be tried here. */
function tellTrial(entry: string, bundle: FrameworkBundle, ports: BuildPorts): void {
	const tried = tryOut(bundle.code);
	if (tried.outcome === "thrown") ports.err(`${thrownAt(entry, bundle, tried)}: warning: ${thrownText(tried)}`);
	if (tried.outcome === "not.set")
		ports.err(`${entry}: warning: window.Framework is not set when the script has run; the panel waits for it.`);
	if (tried.outcome === "function")
		ports.err(
			`${entry}: warning: window.Framework is a function without a config when the script has run; the panel reads Framework.config and calls no function.`,
		);
}

function thrownText({ message }: TryOut & { outcome: "thrown" }): string {
	return `Run without a browser, it throws: ${message}. Whether it sets window.Framework was not seen.`;
}

function thrownAt(entry: string, bundle: FrameworkBundle, { line, column }: TryOut & { outcome: "thrown" }): string {
	const place = line === undefined ? undefined : new BundlePlaces(bundle).of(line, column ?? 1);
	return place ? `${shownPath(place.file)}:${place.line}:${place.column}` : entry;
}

/** @returns whether it is within its budget */
async function write(entry: string, built: FrameworkBundle, options: BuildCommandOptions, ports: BuildPorts) {
	const file = options.out ?? join(dirname(entry), "dist", `${basename(entry).replace(/\.[cm]?[jt]s$/i, "")}.js`);
	const map = `${file}.map`;
	const bytes = Buffer.byteLength(built.code);
	const size = `${file}: ${inKilobytes(bytes)} of ${inKilobytes(options.maxSize)}`;
	if (bytes > options.maxSize) {
		ports.err(`${size}: error: It is too large, so it was not written. Import less, or raise --max-size.`);
		return false;
	}
	await mkdir(dirname(file), { recursive: true });
	const hasMap = options.sourceMap !== false;
	await writeFile(file, hasMap ? `${built.code.trimEnd()}\n//# sourceMappingURL=${basename(map)}\n` : built.code);
	if (hasMap) await writeFile(map, JSON.stringify(portable(built.map, dirname(file))));
	ports.err(`${size}.`);
	return true;
}

/** Sources by their way from the map, which may go to another machine. */
function portable(map: FrameworkBundle["map"], folder: string): FrameworkBundle["map"] {
	return { ...map, sources: map.sources.map((each) => relative(resolve(folder), each).replaceAll("\\", "/")) };
}

function inKilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}
