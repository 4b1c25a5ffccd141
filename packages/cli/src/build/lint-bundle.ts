/** The linter's findings of a bundle, at the places in the sources that they come from. */
import { SourceMap } from "node:module";
import { resolve } from "node:path";
import { type LintFinding, type LintOptions, lintFrameworkScript } from "@inlay/framework";
import type { LintedFile } from "../lint/lint-command.ts";
import { bundleFramework, shownPath } from "./bundle.ts";
import { BundleFailed, type BundleProblem, type FrameworkBundle } from "./framework-bundle.ts";

/** A place in a source; lines and columns count from 1. */
export interface SourcePlace {
	file: string;
	line: number;
	column: number;
}

/** Findings by source file; what stands in no source is told of `entry`, at its start. */
export function lintBundle(bundle: FrameworkBundle, entry: string, options: LintOptions): LintedFile[] {
	const places = new BundlePlaces(bundle);
	const byFile = new Map<string, LintFinding[]>();
	for (const finding of lintFrameworkScript(bundle.code, options)) {
		const placed = atSource(finding, places, entry);
		byFile.set(placed.file, [...(byFile.get(placed.file) ?? []), placed.finding]);
	}
	return [...byFile].map(([file, findings]) => ({ name: shownPath(file), source: "", findings, fixed: 0 }));
}

/** What was found in a source and in what it imports. */
export interface LintedSource {
	/** The source that it begins with, absolute. */
	entry: string;
	/** All of which the bundle is made, absolute; none where it could not be made. */
	parts: readonly string[];
	linted: LintedFile[];
}

/** Lints what comes of a TypeScript source and its imports; what keeps it from being bundled is a finding itself. */
export async function lintSource(given: string, options: LintOptions): Promise<LintedSource> {
	const entry = resolve(given);
	try {
		const bundle = await bundleFramework(given, { readable: true });
		return {
			entry,
			parts: bundle.map.sources.map((each) => resolve(each)),
			linted: lintBundle(bundle, entry, options),
		};
	} catch (error) {
		if (!(error instanceof BundleFailed)) throw error;
		return { entry, parts: [], linted: error.problems.map((problem) => unreadable(problem, given)) };
	}
}

/**
 * What was found in several: once, where two say the same, and nothing of one by itself that another one imports, as it makes no
 * framework of its own.
 */
export function ofEach(all: readonly LintedSource[]): LintedFile[] {
	const isImported = ({ entry, parts }: LintedSource) =>
		all.some((other) => other.entry !== entry && other.parts.includes(entry) && !parts.includes(other.entry));
	const told = new Set<string>();
	const isNew = (name: string, { line, column, message }: LintFinding) => {
		const key = JSON.stringify([name, line, column, message]);
		return told.size < told.add(key).size;
	};
	return all
		.filter((each) => !isImported(each))
		.flatMap(({ linted }) => linted)
		.map((one) => ({ ...one, findings: one.findings.filter((finding) => isNew(one.name, finding)) }));
}

function unreadable({ file, line, column, message }: BundleProblem, entry: string): LintedFile {
	const at = { line, column, endLine: line, endColumn: column };
	const finding: LintFinding = { code: "script.syntax", severity: "error", message, ...at };
	return { name: file === undefined ? entry : shownPath(file), source: "", findings: [finding], fixed: 0 };
}

/** Where lines of a bundle come from. */
export class BundlePlaces {
	readonly #map: SourceMap;

	constructor({ map }: FrameworkBundle) {
		this.#map = new SourceMap({ ...map, file: "framework.js", sourceRoot: "", sourcesContent: [] });
	}

	/** @param line and column, counted from 1 */
	of(line: number, column: number): SourcePlace | undefined {
		const entry = this.#map.findEntry(line - 1, column - 1);
		if (!("originalSource" in entry) || entry.originalSource === undefined) return undefined;
		return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
	}
}

/** A fix would change the bundle, and not what it is made of: there is none. */
function atSource({ fix, ...finding }: LintFinding, places: BundlePlaces, entry: string) {
	const start = places.of(finding.line, finding.column) ?? { file: entry, line: 1, column: 1 };
	const end = places.of(finding.endLine, finding.endColumn);
	const isBehind = end?.file === start.file && (end.line > start.line || end.column > start.column);
	const last = isBehind && end.line >= start.line ? end : start;
	const { file, line, column } = start;
	const library = packageOf(file) ?? finding.library;
	const placed = { ...finding, line, column, endLine: last.line, endColumn: last.column };
	return { file, finding: library === undefined ? placed : { ...placed, library } };
}

/** `lodash` of `…/node_modules/lodash/lodash.js` */
function packageOf(file: string): string | undefined {
	return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll("\\", "/"))?.[1];
}
