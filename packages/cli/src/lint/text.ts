import { byLibrary, type LibraryFindings, type LintFinding } from "@inlay/framework";
import type { LintedFile } from "./lint-command.ts";

/**
 * For people: one line for each finding, as compilers write them, one for each library in which there are some, and a sum. Empty where
 * there is nothing to say.
 */
export function asText(linted: readonly LintedFile[]): string {
	const lines = linted.flatMap(({ name, findings }) => {
		const { own, libraries } = byLibrary(findings);
		return [...own.map((each) => lineOf(name, each)), ...libraries.map((each) => libraryLine(name, each))];
	});
	const fixed = linted.reduce((sum, each) => sum + each.fixed, 0);
	const findings = linted.flatMap((each) => each.findings);
	const errors = findings.filter(({ severity }) => severity === "error").length;
	const sum = [
		...(findings.length > 0 ? [`${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}.`] : []),
		...(fixed > 0 ? [`${counted(fixed, "finding")} fixed.`] : []),
	];
	return [...lines, ...(sum.length > 0 ? [sum.join(" ")] : [])].join("\n");
}

function lineOf(name: string, { line, column, severity, message, code, fix }: LintFinding): string {
	return `${name}:${line}:${column}: ${severity}: ${message} [${code}]${fix ? " (--fix)" : ""}`;
}

/** What is nobody's to mend here: how much, and of what kind. `--format json` has each. */
function libraryLine(name: string, { library, findings, codes, line, column }: LibraryFindings): string {
	const worst = findings.some(({ severity }) => severity === "error") ? "error" : "warning";
	return `${name}:${line}:${column}: ${worst}: ${counted(findings.length, "finding")} in ${library}, from here on. [${codes}]`;
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
