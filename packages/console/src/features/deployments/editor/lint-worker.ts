/** The linter's own thread in the browser: what a large script costs, nobody who types waits for. */
import { isolationNeeds, lintFrameworkScript, wantsIsolation } from "@inlay/framework";
import type { LintAnswers, LintQuestion } from "./lint-question.ts";

addEventListener("message", ({ data }: MessageEvent<LintQuestion>) => postMessage(answer(data)));

function answer(question: LintQuestion): LintAnswers[LintQuestion["kind"]] {
	const { source } = question;
	if (question.kind === "isolation") {
		const needs = isolationNeeds(source);
		return needs && { asks: wantsIsolation(source), needs };
	}
	const { clientIds, switches } = question;
	const clients = clientIds ? { clientIds } : {};
	return lintFrameworkScript(source, { organization: { ...clients, ...switches } });
}
