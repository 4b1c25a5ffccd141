/** Findings as people read them: the script's own one by one, those of a library that it brings along together. */
import type { LintFinding } from "./finding.ts";

/** What stands in one library, which nobody mends in the script. */
export interface LibraryFindings {
	/** The library's name, with its version where it is known. */
	library: string;
	findings: readonly LintFinding[];
	/** Each code once, with how often: `message.target.any 3×, this.detached`. */
	codes: string;
	/** Where the first one stands; lines and columns count from 1. */
	line: number;
	column: number;
}

/** Parts the findings of one script; the order stays. */
export function byLibrary(findings: readonly LintFinding[]): {
	own: readonly LintFinding[];
	libraries: readonly LibraryFindings[];
} {
	const inLibraries = grouped(findings, ({ library }) => library);
	const own = inLibraries.get(undefined) ?? [];
	const libraries = [...inLibraries].flatMap(([library, inIt]) => (library === undefined ? [] : [told(library, inIt)]));
	return { own, libraries };
}

function told(library: string, findings: readonly LintFinding[]): LibraryFindings {
	const codes = [...grouped(findings, ({ code }) => code)]
		.map(([code, { length }]) => (length === 1 ? code : `${code} ${length}×`))
		.join(", ");
	return { library, findings, codes, line: findings[0]?.line ?? 1, column: findings[0]?.column ?? 1 };
}

/** `Map.groupBy`, for the console's browsers: those of 2022 do not have it. */
function grouped<K>(findings: readonly LintFinding[], keyOf: (finding: LintFinding) => K): Map<K, LintFinding[]> {
	const groups = new Map<K, LintFinding[]>();
	for (const each of findings) {
		const group = groups.get(keyOf(each));
		if (group) group.push(each);
		else groups.set(keyOf(each), [each]);
	}
	return groups;
}
