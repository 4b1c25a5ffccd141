import type { LintedFile } from "./lint-command.ts";

/** For programs: `[{ file, findings, fixed }]`, with findings as `@inlay/framework` gives them. */
export function asJson(linted: readonly LintedFile[]): string {
	return JSON.stringify(
		linted.map(({ name, findings, fixed }) => ({ file: name, findings, fixed })),
		null,
		"\t",
	);
}
