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

/** Lints what comes of a TypeScript source and its imports; what keeps it from being bundled is a finding itself. */
export async function lintSource(entry: string, options: LintOptions): Promise<LintedFile[]> {
	try {
		return lintBundle(await bundleFramework(entry, { readable: true }), resolve(entry), options);
	} catch (error) {
		if (!(error instanceof BundleFailed)) throw error;
		return error.problems.map((problem) => unreadable(problem, entry));
	}
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
