/** `inlay lint`: what is wrong with scripts, before anybody uploads them. */
import { readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { applyFixes, type LintFinding, lintFrameworkScript } from "@inlay/framework";
import { asJson } from "./json.ts";
import { asSarif } from "./sarif.ts";
import { asText } from "./text.ts";

/** What was found in one file. */
export interface LintedFile {
	/** As given; `<stdin>` for what was read there. */
	name: string;
	source: string;
	findings: LintFinding[];
	/** How many findings `--fix` has mended. */
	fixed: number;
}

export interface LintCommandOptions {
	format: "text" | "json" | "sarif";
	fix?: boolean;
	review?: boolean;
	/** Most warnings that still count as none; absent: any number. */
	maxWarnings?: number;
}

export interface LintPorts {
	stdin: NodeJS.ReadableStream;
	out(text: string): void;
	err(text: string): void;
}

/** Nothing that counts, something that does, or a file that cannot be read (docs/framework-lint.md). */
export type LintExitCode = 0 | 1 | 2;

const reports = { text: asText, json: asJson, sarif: asSarif };

/** Lints files; `-` is the standard input, and with `--fix` what comes of it goes to the standard output. */
export async function lintFiles(
	names: readonly string[],
	options: LintCommandOptions,
	ports: LintPorts,
): Promise<LintExitCode> {
	const linted: LintedFile[] = [];
	const isPiped = options.fix === true && names.includes("-");
	for (const name of names) {
		try {
			const source = name === "-" ? await text(ports.stdin) : await readFile(name, "utf8");
			linted.push(await lintOne(name, source, options, ports));
		} catch (error) {
			ports.err(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
			return 2;
		}
	}
	const report = reports[options.format](linted);
	if (report !== "") (isPiped ? ports.err : ports.out)(report);
	return exitCode(linted, options.maxWarnings);
}

async function lintOne(
	name: string,
	source: string,
	{ fix, review }: LintCommandOptions,
	ports: LintPorts,
): Promise<LintedFile> {
	const options = { review: review === true };
	const isStdin = name === "-";
	const before = lintFrameworkScript(source, options);
	const mended = fix ? applyFixes(source, before) : { source, fixed: 0 };
	if (fix && isStdin) ports.out(mended.source);
	else if (mended.fixed > 0) await writeFile(name, mended.source);
	const findings = mended.fixed > 0 ? lintFrameworkScript(mended.source, options) : before;
	return { name: isStdin ? "<stdin>" : name, source: mended.source, findings, fixed: mended.fixed };
}

function exitCode(linted: readonly LintedFile[], maxWarnings: number | undefined): LintExitCode {
	const findings = linted.flatMap((each) => each.findings);
	const warnings = findings.filter(({ severity }) => severity === "warning").length;
	const hasError = warnings < findings.length;
	return hasError || (maxWarnings !== undefined && warnings > maxWarnings) ? 1 : 0;
}
