/** Where in the author's file it was, by what a browser says of the script that it has run. */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { SourcePlace } from "./protocol.ts";

/** As browsers write a place: `http://localhost:4300/script/7.js:12:8`. */
const frame = /\/script\/(\d+)\.js:(\d+):(\d+)/;

/** The innermost place of a stack that is in the script. @param mapOf the source map of a version, where it has one */
export function placeIn(
	stack: string | undefined,
	file: string,
	mapOf: (version: number) => { map?: string; folder: string } | undefined,
): SourcePlace | undefined {
	const found = frame.exec(stack ?? "");
	if (!found) return undefined;
	const [version = 0, line = 0, column = 0] = found.slice(1).map(Number);
	const { map, folder } = mapOf(version) ?? { folder: "" };
	// The block that the script is wrapped in takes one column of its first line.
	const own = { file, line, column: line === 1 ? Math.max(1, column - 1) : column };
	if (map === undefined) return own;
	const at = originalPositionFor(new TraceMap(map), { line, column: Math.max(0, own.column - 1) });
	if (at.source === null || at.line === null) return own;
	return { file: shortName(at.source, folder), line: at.line, column: at.column + 1 };
}

function shortName(source: string, folder: string): string {
	if (source.startsWith("file:")) return relative(folder, fileURLToPath(source));
	return source.replace(/^(\.\.\/)+/, "");
}
