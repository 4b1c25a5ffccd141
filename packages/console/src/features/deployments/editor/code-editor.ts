import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import type { LintFinding } from "@inlay/framework";
import { completeFramework } from "./completions.ts";
import { look } from "./look.ts";

export interface CodeEditorParts {
	/** A shadow root: the page's policy allows no style elements, and a root's own sheets need none. */
	root: ShadowRoot;
	source: string;
	/** For screen readers. */
	label: string;
	/** The editor's own words, by the English ones. */
	phrases: Record<string, string>;
	/** What a person typed. */
	typed: (source: string) => void;
}

/** A framework.js under somebody's hands. */
export class CodeEditor {
	readonly #view: EditorView;
	/** What the text was when somebody else set it: that is no typing. */
	#isSetting = false;

	constructor({ root, source, label, phrases, typed }: CodeEditorParts) {
		this.#view = new EditorView({
			parent: root,
			root,
			doc: source,
			extensions: [
				lineNumbers(),
				foldGutter(),
				highlightActiveLineGutter(),
				lintGutter(),
				history(),
				drawSelection(),
				indentOnInput(),
				indentUnit.of("\t"),
				EditorState.tabSize.of(4),
				bracketMatching(),
				closeBrackets(),
				search({ top: true }),
				highlightSelectionMatches(),
				autocompletion({ override: [completeFramework] }),
				// Escape, then Tab leaves the editor.
				keymap.of([
					...closeBracketsKeymap,
					...defaultKeymap,
					...searchKeymap,
					...historyKeymap,
					...foldKeymap,
					...completionKeymap,
					...lintKeymap,
					indentWithTab,
				]),
				javascript(),
				look,
				EditorState.phrases.of(phrases),
				EditorView.contentAttributes.of({
					"aria-label": label,
					// Its text takes the focus anyway; so that whoever looks for it finds what scrolls reachable by keyboard.
					tabindex: "0",
					spellcheck: "false",
					autocorrect: "off",
					autocapitalize: "off",
				}),
				EditorView.updateListener.of((update) => {
					if (update.docChanged && !this.#isSetting) typed(update.state.doc.toString());
				}),
			],
		});
	}

	/** Shows another text, as after a roll-back or an upload; one step back shows the former. */
	set(source: string): void {
		const { state } = this.#view;
		// Line ends of other systems are one character here.
		const text = state.toText(source);
		if (text.eq(state.doc)) return;
		this.#isSetting = true;
		this.#view.dispatch({ changes: { from: 0, to: state.doc.length, insert: text } });
		this.#isSetting = false;
	}

	/** Marks what the linter says of the text; findings of another text are not shown. */
	mark(findings: readonly LintFinding[], source: string, apply: string): void {
		const { state } = this.#view;
		if (!state.toText(source).eq(state.doc)) return;
		// What mends something is told by characters of the text as it was linted.
		const isSameCount = state.doc.length === source.length;
		const marks = findings.map(({ fix, ...one }) =>
			diagnosticOf(state.doc, isSameCount && fix ? { ...one, fix } : one, apply),
		);
		this.#view.dispatch(setDiagnostics(state, marks));
	}

	/** Puts the cursor into a line, in sight. @param line from 1 */
	goTo(line: number): void {
		const { doc } = this.#view.state;
		const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
		this.#view.dispatch({
			selection: { anchor: from, head: to },
			effects: EditorView.scrollIntoView(from, { y: "center" }),
		});
		this.#view.focus();
	}

	end(): void {
		this.#view.destroy();
	}
}

/** @param apply the button that mends it, where the linter knows how */
function diagnosticOf(doc: Text, { code, severity, message, fix, ...at }: LintFinding, apply: string): Diagnostic {
	const from = offsetOf(doc, at.line, at.column);
	const diagnostic = {
		from,
		to: Math.max(from, offsetOf(doc, at.endLine, at.endColumn)),
		severity,
		source: code,
		message,
	};
	if (!fix) return diagnostic;
	const changes = { from: fix.start, to: fix.end, insert: fix.text };
	return { ...diagnostic, actions: [{ name: apply, apply: (view) => view.dispatch({ changes }) }] };
}

function offsetOf(doc: Text, line: number, column: number): number {
	const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
	return Math.min(to, from + Math.max(0, column - 1));
}
