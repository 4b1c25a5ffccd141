import type { LintFinding, LintOptions } from "./finding.ts";
import { lintFrameworkScript } from "./lint.ts";

/** What a fix makes findable is fixed as well; no script needs more. */
const MOST_ROUNDS = 10;

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

/** Lints and fixes until there is nothing more to fix: two fixes at one place, or one that lets another fault be seen. */
export function fixFrameworkScript(source: string, options: LintOptions = {}): { source: string; fixed: number } {
	let whole = { source, fixed: 0 };
	for (let round = 0; round < MOST_ROUNDS; round += 1) {
		const made = applyFixes(whole.source, lintFrameworkScript(whole.source, options));
		if (made.fixed === 0) break;
		whole = { source: made.source, fixed: whole.fixed + made.fixed };
	}
	return whole;
}
