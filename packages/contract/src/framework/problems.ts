/**
 * What is wrong with a `framework.js` or its configuration, in words its author can act on.
 * One type for the panel (shown at start), the linter and the server (shown at upload).
 */

import { isGiven, isRecord, readText } from "./values.ts";

/** `error`: the feature will not work; `warning`: it works, though probably not as meant. */
export type FrameworkSeverity = "error" | "warning";

/** One finding about a script or its configuration. */
export interface FrameworkProblem {
	/** Stable and dotted, e.g. `config.misplaced`. */
	code: string;
	severity: FrameworkSeverity;
	/** Where, as a property path (`config.settings.theme.primary`); empty for the whole script. */
	path: string;
	/** What to do about it. */
	text: string;
	/** 1-based line in the source, where one is known. */
	line?: number;
}

/** Collects findings while something is read. */
export class ProblemList {
	readonly #found: FrameworkProblem[] = [];

	error(code: string, path: string, text: string, line?: number): void {
		this.#add("error", code, path, text, line);
	}

	warn(code: string, path: string, text: string, line?: number): void {
		this.#add("warning", code, path, text, line);
	}

	/** The findings so far, in the order they were made. */
	all(): FrameworkProblem[] {
		return [...this.#found];
	}

	#add(severity: FrameworkSeverity, code: string, path: string, text: string, line: number | undefined): void {
		this.#found.push({ code, severity, path, text, ...(line === undefined ? {} : { line }) });
	}
}

/** Where an object belongs and something else stands, which would be dropped unheard. */
export function reportNoObject(value: unknown, path: string, problems: ProblemList): void {
	if (isGiven(value) && !isRecord(value))
		problems.warn("setting.not.object", path, "Make it an object; it is ignored.");
}

/** The texts of a list; what is none is left out and reported. */
export function readTexts(list: readonly unknown[], path: string, problems: ProblemList): string[] {
	return list.flatMap((entry, index) => {
		const text = readText(entry);
		if (text === undefined && isGiven(entry))
			problems.warn("setting.not.text", `${path}[${index}]`, "Write it as text; it is ignored.");
		return text ?? [];
	});
}
