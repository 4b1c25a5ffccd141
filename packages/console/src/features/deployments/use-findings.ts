import type { LintFinding } from "@inlay/framework";
import { useEffect, useState } from "preact/hooks";

/** Milliseconds after the last keystroke. */
const pause = 300;

/**
 * What the linter says of a script while it is typed; the last word stays until there is a new one. The linter is loaded with
 * the first script. Undefined until it has spoken.
 * @param clientIds of the organization's OAuth clients; empty where one may not see them, and then not asked for
 */
export function useFindings(
	source: string,
	clientIds: readonly string[],
	preserveAttributeCase: boolean,
): readonly LintFinding[] | undefined {
	const [findings, setFindings] = useState<readonly LintFinding[] | undefined>(undefined);
	const known = clientIds.join();
	useEffect(() => {
		let isCurrent = true;
		const timer = setTimeout(async () => {
			const found = source.trim() === "" ? [] : await lint(source, known, preserveAttributeCase);
			if (isCurrent) setFindings(found);
		}, pause);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [source, known, preserveAttributeCase]);
	return findings;
}

/** Where the linter cannot be loaded, nothing is said: the server's answer to the upload has the same. */
async function lint(source: string, known: string, preserveAttributeCase: boolean): Promise<readonly LintFinding[]> {
	try {
		const { lintFrameworkScript } = await import("@inlay/framework");
		const clients = known === "" ? {} : { clientIds: known.split(",") };
		return lintFrameworkScript(source, { organization: { ...clients, preserveAttributeCase } });
	} catch {
		return [];
	}
}
