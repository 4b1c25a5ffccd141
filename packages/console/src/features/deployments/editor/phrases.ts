import { t } from "../strings.ts";

/** The editor's own words in the reader's language, by the English ones. */
export function phrases(): Record<string, string> {
	return {
		Find: t("editorFind"),
		Replace: t("editorReplaceWith"),
		next: t("editorNext"),
		previous: t("editorPrevious"),
		all: t("editorAll"),
		"match case": t("editorCase"),
		regexp: t("editorRegexp"),
		"by word": t("editorWord"),
		replace: t("editorReplace"),
		"replace all": t("editorReplaceAll"),
		close: t("editorClose"),
		"Go to line": t("editorLine"),
		go: t("editorGo"),
		Diagnostics: t("editorFindings"),
		"No diagnostics": t("editorNoFindings"),
		Completions: t("editorCompletions"),
		"$ unchanged lines": t("editorUnchanged"),
	};
}
