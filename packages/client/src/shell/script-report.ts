import type { ScriptReport } from "../framework/ports.ts";
import { scriptAway } from "./script-away.ts";
import { t } from "./script-trouble-strings.ts";
import type { Toasts } from "./toasts.ts";

/** An agent can do nothing about it. */
const isForAdministrators = /\.(dropped|withheld)$/;

/** The panel goes on without the script. */
const isAway = /\.(flood|left|loop|silent)$/;

/** What an agent is told about their script. @param subjectOf a log, whose id is the operator's word for it */
export function showReport(report: ScriptReport, toasts: Toasts, subjectOf: (logId: string) => string): void {
	if (isAway.test(report.code))
		scriptAway.value = report.code === "framework.script.left" ? "scriptLeft" : "scriptAway";
	if (isAway.test(report.code) || isForAdministrators.test(report.code)) return;
	const isOfLog = report.code === "framework.calllog.failed";
	const said = report.said ?? report.text;
	const detail = { detail: isOfLog ? subjectOf(report.text) : said };
	const texts: Partial<Record<ScriptReport["code"], [string, "warn" | "bad"]>> = {
		"framework.script.unreachable": [t("scriptUnreachable"), "bad"],
		"framework.script.error": [t("scriptError", detail), "bad"],
		"framework.late": [t("scriptLate"), "warn"],
		"framework.missing": [t("scriptMissing"), "bad"],
		"framework.script.broke": [t("scriptBroke", detail), "warn"],
		"framework.callback.threw": [t("scriptThrew", detail), "warn"],
		"framework.popup.blocked": [t("popUpBlocked"), "warn"],
		"framework.action.failed": [said, "bad"],
		"framework.action.early": [t("actionEarly"), "warn"],
		"framework.calllog.failed": [t("callLogFailed", detail).trim(), "bad"],
	};
	const [shown, tone] = texts[report.code] ?? [said, "warn" as const];
	toasts.show({ text: shown, tone }, 8000);
}
