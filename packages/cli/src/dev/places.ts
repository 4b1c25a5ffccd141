/** Where in the author's file it was, by what a browser says of the script that it has run. */
import { relative } from "node:path";
import type { FrameworkBundle } from "../build/framework-bundle.ts";
import { BundlePlaces } from "../build/lint-bundle.ts";
import type { SourcePlace } from "./protocol.ts";

/** As browsers write a place: `http://localhost:4300/script/7.js:12:8`. */
const frame = /\/script\/(\d+)\.js:(\d+):(\d+)/;

export interface PlaceFacts {
	/** As the script is called in its folder. */
	file: string;
	folder: string;
	/** What a version was, where it was a bundle. */
	bundleOf(version: number): FrameworkBundle | undefined;
	/** The column before guards were put into a version. */
	columnOf(version: number, line: number, column: number): number;
}

/** The innermost place of a stack that is in the script. */
export function placeIn(
	stack: string | undefined,
	{ file, folder, bundleOf, columnOf }: PlaceFacts,
): SourcePlace | undefined {
	const found = frame.exec(stack ?? "");
	if (!found) return undefined;
	const [version = 0, line = 0, given = 0] = found.slice(1).map(Number);
	const column = columnOf(version, line, given);
	// The block that the script is wrapped in takes one column of its first line.
	const own = { file, line, column: line === 1 ? Math.max(1, column - 1) : column };
	const bundle = bundleOf(version);
	const source = bundle && new BundlePlaces(bundle).of(line, own.column);
	return source ? { ...source, file: relative(folder, source.file) } : own;
}
