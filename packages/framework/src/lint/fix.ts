import type { LintFinding } from "./finding.ts";

/** A script with the fixes of its findings made, as far as they do not overlap, and how many were made. */
export function applyFixes(source: string, findings: readonly LintFinding[]): { source: string; fixed: number } {
	const fixes = findings.flatMap(({ fix }) => fix ?? []).sort((a, b) => a.start - b.start || a.end - b.end);
	let [made, at, fixed] = ["", 0, 0];
	for (const { start, end, text } of fixes) {
		if (start < at) continue;
		made += source.slice(at, start) + text;
		at = end;
		fixed += 1;
	}
	return { source: made + source.slice(at), fixed };
}
