import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** In the console's own colours, light and dark: they are its tokens. */
const frame = EditorView.theme({
	"&": {
		color: "var(--text)",
		backgroundColor: "var(--surface)",
		border: "1px solid var(--line-strong)",
		borderRadius: "var(--radius-s)",
		fontSize: "var(--size-m)",
	},
	"&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
	".cm-scroller": {
		fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
		lineHeight: "1.5",
		maxHeight: "var(--editor-height, none)",
		overflow: "auto",
	},
	".cm-content": { caretColor: "var(--text)", padding: "var(--gap-2) 0" },
	".cm-cursor": { borderLeftColor: "var(--text)" },
	"&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
		backgroundColor: "var(--surface-3)",
	},
	".cm-gutters": {
		color: "var(--text-muted)",
		backgroundColor: "var(--surface-2)",
		borderRight: "1px solid var(--line)",
	},
	".cm-activeLine": { backgroundColor: "transparent" },
	".cm-activeLineGutter": { backgroundColor: "var(--surface-3)" },
	".cm-matchingBracket": { backgroundColor: "var(--surface-3)", outline: "1px solid var(--line-strong)" },
	".cm-tooltip, .cm-panels": { color: "var(--text)", backgroundColor: "var(--surface-2)", borderColor: "var(--line)" },
	".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
		color: "var(--accent-text)",
		backgroundColor: "var(--accent)",
	},
	".cm-completionDetail": { color: "inherit" },
	".cm-tooltip.cm-completionInfo": { maxWidth: "22rem" },
	".cm-textfield": { color: "var(--text)", backgroundColor: "var(--surface)", borderColor: "var(--line-strong)" },
	".cm-button": {
		color: "var(--text)",
		backgroundColor: "var(--surface-3)",
		backgroundImage: "none",
		borderColor: "var(--line-strong)",
	},
	".cm-searchMatch": { backgroundColor: "var(--warn-soft)" },
	".cm-searchMatch-selected": { outline: "2px solid var(--warn)" },
	".cm-lintPoint-error:after": { borderBottomColor: "var(--bad)" },
	".cm-diagnosticAction": { color: "var(--accent-text)", backgroundColor: "var(--accent)" },
	".cm-changedLine, .cm-insertedLine, .cm-merge-b .cm-changedLine": { backgroundColor: "var(--good-soft)" },
	".cm-deletedChunk, .cm-merge-a .cm-changedLine": { backgroundColor: "var(--bad-soft)" },
	".cm-collapsedLines": {
		color: "var(--text-muted)",
		background: "var(--surface-2)",
	},
});

const words = HighlightStyle.define([
	{ tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--accent)" },
	{ tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--good)" },
	{ tag: [tags.number, tags.bool, tags.null, tags.self], color: "var(--warn)" },
	{ tag: [tags.lineComment, tags.blockComment], color: "var(--text-muted)", fontStyle: "italic" },
	{ tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], fontWeight: "600" },
	{ tag: tags.invalid, color: "var(--bad)" },
]);

/** How a script looks, wherever it is shown. */
export const look = [frame, syntaxHighlighting(words)];
