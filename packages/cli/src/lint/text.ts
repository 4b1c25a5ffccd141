import type { LintedFile } from "./lint-command.ts";

/** For people: one line for each finding, as compilers write them, and a sum. Empty where there is nothing to say. */
export function asText(linted: readonly LintedFile[]): string {
	const lines = linted.flatMap(({ name, findings }) =>
		findings.map(({ line, column, severity, message, code, fix }) => {
			const hint = fix ? " (--fix)" : "";
			return `${name}:${line}:${column}: ${severity}: ${message} [${code}]${hint}`;
		}),
	);
	const fixed = linted.reduce((sum, each) => sum + each.fixed, 0);
	const findings = linted.flatMap((each) => each.findings);
	const errors = findings.filter(({ severity }) => severity === "error").length;
	const sum = [
		...(findings.length > 0 ? [`${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}.`] : []),
		...(fixed > 0 ? [`${counted(fixed, "finding")} fixed.`] : []),
	];
	return [...lines, ...(sum.length > 0 ? [sum.join(" ")] : [])].join("\n");
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
