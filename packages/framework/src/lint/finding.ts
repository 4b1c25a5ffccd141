/** What the linter finds, and what it may be told of the organization that the script is for. */
import type { FrameworkSeverity, PlatformOperation } from "@inlay/contract";

/** A change of the text that mends a finding and nothing else. Offsets count UTF-16 units from the text's start. */
export interface LintFix {
	start: number;
	/** Behind the last unit that is replaced. */
	end: number;
	/** What stands there afterwards. */
	text: string;
}

/** One finding. Lines and columns count from 1; the end stands behind the last character. */
export interface LintFinding {
	/** Stable and dotted; every one has a paragraph in docs/framework-lint.md. */
	code: string;
	/** `error`: it will not work, or must not be published; `warning`: it works, though probably not as meant. */
	severity: FrameworkSeverity;
	/** What to do about it. */
	message: string;
	line: number;
	column: number;
	endLine: number;
	endColumn: number;
	/** Where in the configuration, e.g. `config.settings.theme.primary`; absent for findings about code. */
	path?: string;
	/** Absent where only a person can decide. */
	fix?: LintFix;
	/** It stands in a library that the script brings along, of this name: whoever shows findings tells those together. */
	library?: string;
}

/** The deployment's switches that say how its script runs. One that is not given is not asked. */
export interface LintSwitches {
	/** Attributes come by the names that they have, not in lower case. */
	preserveAttributeCase?: boolean;
	/** The names of the original's page (`$`, `angular`) are there. */
	pageCompatibility?: boolean;
	/** The script runs in a frame of its own, whatever it asks for. */
	isolation?: boolean;
}

/** Facts that are not in the script. A list that is not given is not asked. */
export interface LintOrganization extends LintSwitches {
	/** Ids of all OAuth clients that the panel may sign in with. */
	clientIds?: readonly string[];
	/** Scopes of the client that the script's token is for. */
	scopes?: readonly string[];
	/** Permissions that every agent of the deployment holds, `domain:entity:action`. */
	permissions?: readonly string[];
	/** Operations of the server's API, to tell what scopes and permissions a call asks for. */
	operations?: readonly Pick<PlatformOperation, "method" | "path" | "permissions" | "permissionMode" | "scopes">[];
}

export interface LintOptions {
	/** Also the rules for a public deployment, and what is unsafe as errors. */
	review?: boolean;
	organization?: LintOrganization;
}
