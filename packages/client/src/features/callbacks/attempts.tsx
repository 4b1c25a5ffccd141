import type { CallbackAttempt } from "@inlay/contract";
import { timeFormat } from "../../shell/when-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

const said = {
	talked: "talked",
	noAnswer: "noAnswer",
	busy: "busy",
	refused: "refused",
	unknownNumber: "unknownNumber",
} as const;

/** Whom was called when, and what became of it. */
export function Attempts({ attempts, workspace }: { attempts: readonly CallbackAttempt[]; workspace: Workspace }) {
	if (attempts.length === 0) return null;
	const time = timeFormat();
	return (
		<ol class="callback-attempts" aria-label={t("attempts")}>
			{attempts.map(({ at, number, result }) => (
				<li key={at} data-result={result ?? "going"}>
					{time.format(Date.parse(at))} <bdi>{workspace.numbers.show(number)}</bdi> · {t(wordOf(result))}
				</li>
			))}
		</ol>
	);
}

function wordOf(result: string | undefined) {
	if (result === undefined) return "talking" as const;
	return result in said ? said[result as keyof typeof said] : ("notReached" as const);
}
