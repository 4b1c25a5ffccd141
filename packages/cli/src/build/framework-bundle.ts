/** What comes of a script's sources, and why nothing does. */
export interface BundleOptions {
	/** As it is written instead of minified. */
	readable?: boolean;
	/** Syntax that browsers have to know, as `es2022`, which is what the panel itself needs. */
	target?: string;
}

export interface FrameworkBundle {
	code: string;
	/** Source map, version 3; its sources are absolute paths. */
	map: { version: number; sources: string[]; names: string[]; mappings: string; sourcesContent?: string[] };
	/** What works, though probably not as meant. */
	warnings: readonly BundleProblem[];
}

/** Something that keeps a source from being bundled. Lines and columns count from 1. */
export interface BundleProblem {
	/** Absolute path; undefined where no file is to blame. */
	file: string | undefined;
	line: number;
	column: number;
	message: string;
}

export class BundleFailed extends Error {
	readonly problems: readonly BundleProblem[];

	constructor(problems: readonly BundleProblem[]) {
		super(problems.map(({ file, line, message }) => `${file ?? "?"}:${line}: ${message}`).join("\n"));
		this.problems = problems;
	}
}

export const usualTarget = "es2022";
/** The name of what is made, as browsers show it. */
export const bundleName = "framework.js";

/**
 * Of what is made smaller, lines stay: all that is said of an uploaded script, and what differs between two of them, goes by lines.
 * What they take is next to nothing once a server has compressed it.
 */
export const keptLines = { removeWhitespace: false };

/** A problem at an offset of its source. */
export function problemAt(file: string, source: string, offset: number, message: string): BundleProblem {
	const before = source.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
	return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
}
