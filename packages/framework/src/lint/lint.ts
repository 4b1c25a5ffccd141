/** Checks a `framework.js` without running it (framework-contract 3, 4 and 11). Works in a browser and on a server. */
import type { FrameworkProblem } from "@inlay/contract";
import { ProblemList, readFrameworkConfig, readMisplacedBesideConfig } from "@inlay/contract";
import { findFramework } from "./find-framework.ts";
import type { Literal } from "./literals.ts";
import { toPlainValue } from "./plain-value.ts";
import { checkCallbacks, checkCalls, checkDeclaration, checkRequiredKeys, checkReview } from "./rules.ts";
import { tokenize } from "./tokens.ts";

/** Why a source is no JavaScript. */
export interface SyntaxFailure {
	message: string;
	/** 1-based. */
	line?: number;
}

export interface LintOptions {
	/** Says whether the source is a classic script; without it only brackets are checked. On Node, see ./node/parse-script.ts. */
	parse?: (source: string) => SyntaxFailure | undefined;
	/** Also the rules for a public deployment, and warnings about messages as errors. */
	review?: boolean;
}

/** All findings, in order of line. An empty list means nothing was found, not that the script is right. */
export function lintFrameworkScript(source: string, options: LintOptions = {}): FrameworkProblem[] {
	const problems = new ProblemList();
	const tokens = tokenize(source);
	checkCalls(tokens, options.review === true, problems);
	const failure = (options.parse ?? unbalanced)(source);
	if (failure !== undefined) {
		if (!problems.all().some((problem) => problem.code === "script.is.module"))
			problems.error("script.syntax", "", `This is not JavaScript: ${failure.message}.`, failure.line);
		return inOrder(problems.all());
	}
	checkDeclaration(tokens, problems);
	const framework = findFramework(tokens);
	if (framework === undefined) {
		problems.error("framework.missing", "Framework", "Assign window.Framework: the panel waits for it.");
	} else if (framework.kind === "object") {
		checkCallbacks(framework, problems);
		const config = framework.entries.get("config");
		if (config?.value.kind === "object") {
			checkRequiredKeys(config.value, problems);
			if (options.review === true) checkReview(config.value, problems);
		}
		return inOrder([...problems.all(), ...configProblems(framework)]);
	}
	return inOrder(problems.all());
}

/** Checks a configuration that is at hand as a value. */
export function lintConfig(config: unknown): FrameworkProblem[] {
	return readFrameworkConfig(config).problems;
}

/** What reading the visible part of the configuration finds, with the lines it stands on. */
function configProblems(framework: Literal & { kind: "object" }): FrameworkProblem[] {
	const plain = toPlainValue(framework) as Record<string, unknown>;
	const config = framework.entries.get("config")?.value;
	// A configuration that comes with something spread into the object cannot be seen, so it is not missed.
	const isSeen = config === undefined ? !framework.open : config.kind === "object";
	const read = isSeen ? lintConfig(plain.config) : [];
	// Required keys are reported by the linter's own rule, and only where the whole object is visible.
	const found = [...read, ...readMisplacedBesideConfig(plain)].filter((each) => each.code !== "config.name.missing");
	return found.map((problem) => ({ ...problem, ...lineOf(framework, problem.path) }));
}

function lineOf(framework: Literal, path: string): { line?: number } {
	let current: Literal | undefined = framework;
	let line: number | undefined;
	for (const key of path.split(/[.[\]]+/).filter((part) => part !== "")) {
		if (current?.kind === "object") {
			const property = current.entries.get(key);
			line = property?.line ?? line;
			current = property?.value;
		} else if (current?.kind === "array") {
			current = current.items[Number(key)];
			line = current?.line ?? line;
		}
	}
	return line === undefined ? {} : { line };
}

/** The check where there is no parser: every bracket closes the one it should. */
function unbalanced(source: string): SyntaxFailure | undefined {
	const pairs: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
	const open: { text: string; line: number }[] = [];
	for (const token of tokenize(source)) {
		if (token.kind !== "mark") continue;
		if (Object.values(pairs).includes(token.text)) open.push(token);
		const opening = pairs[token.text];
		if (opening !== undefined && open.pop()?.text !== opening)
			return { message: `${token.text} closes nothing`, line: token.line };
	}
	const last = open.at(-1);
	return last && { message: `${last.text} is never closed`, line: last.line };
}

function inOrder(problems: FrameworkProblem[]): FrameworkProblem[] {
	return problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
