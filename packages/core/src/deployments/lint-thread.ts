import {
	guardTurns,
	lintFrameworkScript,
	scriptFailure,
	shownSettings,
	syntaxCodes,
	wantsIsolation,
} from "@inlay/framework";
import { answerAsked } from "../kernel/threads/answer-asked.ts";
import type { LintAnswer, LintQuestion } from "./lint-script.ts";

/** The linter's own thread: what a script costs that is large, or was made to be slow, it costs here. */
answerAsked<LintQuestion, LintAnswer>(({ source, options, only }) => {
	if (only === "isolation") return { findings: [], isolation: wantsIsolation(source) };
	if (only === "settings") return { findings: [], settings: shownSettings(source) };
	if (only === "guards") return { findings: [], guarded: guardTurns(source) };
	const findings = lintFrameworkScript(source, options);
	// A library of a megabyte is read once, not once more to see whether it can be.
	const isUnread = findings.some(({ code }) => code === syntaxCodes.syntax || code === syntaxCodes.module);
	const failure = isUnread ? scriptFailure(source) : undefined;
	return failure ? { failure } : { findings };
});
