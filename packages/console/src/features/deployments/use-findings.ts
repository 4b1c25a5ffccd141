import type { LintFinding, LintSwitches } from "@inlay/framework";
import { useEffect, useState } from "preact/hooks";
import { linter } from "./editor/lint-thread.ts";

/** Milliseconds after the last keystroke. */
const pause = 300;

/**
 * What the linter says of a script while it is typed; the last word stays until there is a new one. The linter works in a thread of
 * its own, which begins with the first script. Undefined until it has spoken.
 * @param clientIds of the organization's OAuth clients; empty where one may not see them, and then not asked for
 */
export function useFindings(
	source: string,
	clientIds: readonly string[],
	switches: Required<LintSwitches>,
): readonly LintFinding[] | undefined {
	const [findings, setFindings] = useState<readonly LintFinding[] | undefined>(undefined);
	const known = clientIds.join();
	const { preserveAttributeCase, pageCompatibility, isolation } = switches;
	useEffect(() => {
		let isCurrent = true;
		const timer = setTimeout(async () => {
			const given = { preserveAttributeCase, pageCompatibility, isolation };
			const found = source.trim() === "" ? [] : await lint(source, known, given).catch(() => []);
			if (isCurrent) setFindings(found);
		}, pause);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [source, known, preserveAttributeCase, pageCompatibility, isolation]);
	return findings;
}

/** Where the linter gives no answer, nothing is said: the server's answer to the upload has the same. */
async function lint(source: string, known: string, switches: Required<LintSwitches>): Promise<readonly LintFinding[]> {
	const clientIds = known === "" ? undefined : known.split(",");
	return linter.ask({ kind: "lint", source, clientIds, switches });
}
