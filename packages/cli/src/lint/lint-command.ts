/** `inlay lint`: what is wrong with scripts, before anybody uploads them. */
import { access, readFile, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fixFrameworkScript, type LintFinding, lintFrameworkScript } from "@inlay/framework";
import type { LintedSource } from "../build/lint-bundle.ts";
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
	const sources: LintedSource[] = [];
	const isPiped = options.fix === true && names.includes("-");
	let isWhole = true;
	for (const name of names) {
		try {
			if (isTypeScript(name)) {
				await access(name);
				sources.push(await lintTypeScript(name, options));
				continue;
			}
			const source = name === "-" ? await text(ports.stdin) : await readFile(name, "utf8");
			linted.push(await lintOne(name, source, options, ports));
		} catch (error) {
			// The others are read all the same.
			ports.err(whyUnreadable(name, error));
			isWhole = false;
		}
	}
	if (sources.length > 0) linted.push(...(await bundling()).ofEach(sources));
	const report = reports[options.format](linted);
	if (report !== "") (isPiped ? ports.err : ports.out)(report);
	return isWhole ? exitCode(linted, options.maxWarnings) : 2;
}

function isTypeScript(name: string): boolean {
	return /\.[cm]?ts$/.test(name);
}

/** The bundler is of no use to scripts that are JavaScript. */
function bundling() {
	return import("../build/lint-bundle.ts");
}

/** As `inlay build` bundles it, with places in its sources. */
async function lintTypeScript(name: string, { review }: LintCommandOptions): Promise<LintedSource> {
	return (await bundling()).lintSource(name, { review: review === true });
}

function whyUnreadable(name: string, error: unknown): string {
	const { code, message } = error as NodeJS.ErrnoException;
	if (code === "EISDIR")
		return `${name} is a folder: name the scripts in it, as in ${name.replace(/[\\/]$/, "")}/*.js.`;
	if (code === "ENOENT") return `${name} cannot be read: there is no such file.`;
	return `${name} cannot be read: ${message ?? String(error)}.`;
}

async function lintOne(
	name: string,
	source: string,
	{ fix, review }: LintCommandOptions,
	ports: LintPorts,
): Promise<LintedFile> {
	const options = { review: review === true };
	const isStdin = name === "-";
	const mended = fix ? fixFrameworkScript(source, options) : { source, fixed: 0 };
	if (fix && isStdin) ports.out(mended.source);
	else if (mended.fixed > 0) await writeFile(name, mended.source);
	const findings = lintFrameworkScript(mended.source, options);
	return { name: isStdin ? "<stdin>" : name, source: mended.source, findings, fixed: mended.fixed };
}

export function exitCode(linted: readonly LintedFile[], maxWarnings: number | undefined): LintExitCode {
	const findings = linted.flatMap((each) => each.findings);
	const warnings = findings.filter(({ severity }) => severity === "warning").length;
	const hasError = warnings < findings.length;
	return hasError || (maxWarnings !== undefined && warnings > maxWarnings) ? 1 : 0;
}
