import { guardTurns, lintFrameworkScript, scriptFailure, shownSettings, wantsIsolation } from "@inlay/framework";
import { answerAsked } from "../kernel/threads/answer-asked.ts";
import type { LintAnswer, LintQuestion } from "./lint-script.ts";

/** The linter's own thread: what a script costs that is large, or was made to be slow, it costs here. */
answerAsked<LintQuestion, LintAnswer>(({ source, options, only }) => {
	if (only === "isolation") return { findings: [], isolation: wantsIsolation(source) };
	if (only === "settings") return { findings: [], settings: shownSettings(source) };
	if (only === "guards") return { findings: [], guarded: guardTurns(source) };
	const failure = scriptFailure(source);
	if (failure) return { failure };
	return { findings: lintFrameworkScript(source, options) };
});
