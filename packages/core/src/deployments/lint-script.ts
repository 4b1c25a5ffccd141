/** The linter of `@inlay/framework` at the upload (docs/framework-lint.md). Loaded when a script comes, and not at the start. */
import type { LintFinding } from "@inlay/framework";

/** Why a script cannot run in a panel, with the line; undefined where it can. */
export async function syntaxError(source: string): Promise<string | undefined> {
	const { scriptFailure } = await import("@inlay/framework");
	const failure = scriptFailure(source);
	if (!failure) return undefined;
	const why = failure.isModule ? "it is a module, and the panel loads a classic script" : failure.message;
	return `${why} (line ${failure.line})`;
}

/** More ids than any script has regions. */
const mostIds = 60;

/**
 * What is worth a look in a script that was taken.
 * @param clientExists whether an OAuth client of the organization has an id
 */
export async function lintScript(
	source: string,
	clientExists: (id: string) => Promise<boolean>,
	preserveAttributeCase = false,
): Promise<LintFinding[]> {
	const { lintFrameworkScript } = await import("@inlay/framework");
	const written = source.toLowerCase().match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
	const clientIds: string[] = [];
	for (const id of [...new Set(written)].slice(0, mostIds)) if (await clientExists(id)) clientIds.push(id);
	return lintFrameworkScript(source, { organization: { clientIds, preserveAttributeCase } });
}
