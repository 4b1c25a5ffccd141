import type { FrameworkSeverity } from "@inlay/contract";
import type { LintFix, LintOptions } from "./finding.ts";
import type { FoundFramework } from "./source/find-framework.ts";
import type { Script } from "./source/script.ts";
import type { ObjectValue } from "./source/value.ts";

/** What rules look at. */
export interface LintContext {
	script: Script;
	options: LintOptions;
	framework: FoundFramework | undefined;
	/** The object at `config`, where it can be seen. */
	config: ObjectValue | undefined;
	/** The object at `config.settings`, where it can be seen. */
	settings: ObjectValue | undefined;
	/** Whether the script brings in other code, which may do what this one does not. */
	loadsMore: boolean;
}

/** What a rule has found: where, and what to do about it. */
export interface RuleHit {
	/** Offsets in the source. A syntax node is one. */
	at: { start: number; end: number };
	message: string;
	path?: string;
	fix?: LintFix;
}

/** One rule. `severity` is `warning` for what a review makes an error: see `review`. */
export interface Rule {
	/** Stable and dotted. */
	code: string;
	severity: FrameworkSeverity;
	/** An error where the script is for a public deployment (framework-contract 11); `only`: not asked otherwise. */
	review?: "error" | "only";
	check(context: LintContext): Iterable<RuleHit>;
}
