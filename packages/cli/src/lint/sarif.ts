/** SARIF 2.1.0, as code hosts and editors show findings beside the lines. */
import { version } from "@inlay/core/version";
import { type LintFinding, lintCodes } from "@inlay/framework";
import type { LintedFile } from "./lint-command.ts";

const docs = "docs/framework-lint.md";

export function asSarif(linted: readonly LintedFile[]): string {
	const rules = lintCodes.map((id) => ({ id, help: { text: `See ${docs}, ${id}.` } }));
	const run = {
		tool: { driver: { name: "inlay lint", version, rules } },
		columnKind: "utf16CodeUnits",
		results: linted.flatMap((file) => file.findings.map((finding) => result(file, finding))),
	};
	const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
	return JSON.stringify(log, null, "\t");
}

function result(file: LintedFile, { code, severity, message, fix, library, ...at }: LintFinding) {
	const artifactLocation = { uri: uriOf(file.name) };
	const region = {
		startLine: at.line,
		startColumn: at.column,
		endLine: at.endLine,
		endColumn: at.endColumn,
	};
	const replacement = fix && {
		deletedRegion: { charOffset: fix.start, charLength: fix.end - fix.start },
		insertedContent: { text: fix.text },
	};
	return {
		ruleId: code,
		ruleIndex: lintCodes.indexOf(code),
		level: severity,
		message: { text: message },
		locations: [{ physicalLocation: { artifactLocation, region } }],
		...(library === undefined ? {} : { properties: { library } }),
		...(replacement ? { fixes: [{ artifactChanges: [{ artifactLocation, replacements: [replacement] }] }] } : {}),
	};
}

/** A path as it stands in an address. */
function uriOf(name: string): string {
	return name.split(/[\\/]/).map(encodeURIComponent).join("/");
}
