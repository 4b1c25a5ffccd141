import type { IsolationNeed, LintFinding, LintSwitches } from "@inlay/framework";

/** What is asked of the linter's own thread. */
export type LintQuestion =
	| { kind: "lint"; source: string; clientIds: readonly string[] | undefined; switches: Required<LintSwitches> }
	| { kind: "isolation"; source: string };

/** What an isolated script would miss, and whether it asks for isolation by itself. */
export interface IsolationAdvice {
	asks: boolean;
	needs: readonly IsolationNeed[];
}

export interface LintAnswers {
	lint: readonly LintFinding[];
	/** Undefined where the script cannot be read. */
	isolation: IsolationAdvice | undefined;
}
