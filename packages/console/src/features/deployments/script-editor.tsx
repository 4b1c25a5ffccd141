import type { LintFinding } from "@inlay/framework";
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { useLack } from "../../shell/rights.tsx";
import type { CodeEditor } from "./editor/code-editor.ts";
import { phrases } from "./editor/phrases.ts";
import { t } from "./strings.ts";

/** The way to a line of the script. */
export interface GoesToLine {
	goTo(line: number): void;
}

/** A line that somebody was led to. */
export interface StartLine {
	line: number;
}

interface Props {
	source: string;
	/** The text as it is by now: what was typed since it was drawn is not typed over. */
	latest: () => string;
	findings: readonly LintFinding[];
	/** Where to begin: each time that it is another one, the editor goes there. */
	at?: StartLine | undefined;
	/** Gets the editor that is there. */
	handle: { current: GoesToLine | null };
	onInput: (source: string) => void;
}

/**
 * Where framework.js is written. Until the editor has come, and where it does not, a plain field does the same with less; whoever
 * may only read keeps that, as an editor knows nothing of the fields around it that are locked.
 */
export function ScriptEditor(props: Props) {
	const [Editor, setEditor] = useState<typeof CodeEditor | undefined>(undefined);
	const plain = useRef<HTMLTextAreaElement>(null);
	useEffect(() => {
		let isHere = true;
		import("./editor/code-editor.ts").then(
			(module) => {
				const take = () => isHere && setEditor(() => module.CodeEditor);
				// Not out of somebody's hands: what is typed next would be lost.
				if (plain.current && document.activeElement === plain.current)
					plain.current.addEventListener("blur", take, { once: true });
				else take();
			},
			(error: unknown) => console.warn("inlay: the editor could not be loaded", error),
		);
		return () => {
			isHere = false;
		};
	}, []);
	const mayWrite = useLack(needs.editDeployment) === undefined;
	return Editor && mayWrite ? <RichEditor {...props} Editor={Editor} /> : <PlainEditor {...props} field={plain} />;
}

function RichEditor({ Editor, source, latest, findings, at, handle, onInput }: Props & { Editor: typeof CodeEditor }) {
	const host = useRef<HTMLDivElement>(null);
	const editor = useRef<CodeEditor | null>(null);
	const typed = useRef(onInput);
	typed.current = onInput;
	useEffect(() => {
		const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: "open" });
		if (!root) return;
		const made = new Editor({
			...{ root, source: latest(), label: t("editor"), phrases: phrases() },
			typed: (text) => typed.current(text),
		});
		editor.current = made;
		handle.current = made;
		return () => {
			handle.current = null;
			editor.current = null;
			made.end();
		};
	}, [Editor]);
	useEffect(() => editor.current?.set(latest()), [source]);
	useEffect(() => editor.current?.mark(findings, source, t("fix")), [findings]);
	useEffect(() => at && editor.current?.goTo(at.line), [Editor, at]);
	return (
		<>
			<div ref={host} class="code-editor" />
			<p class="ui-hint">{t("editorKeys")}</p>
		</>
	);
}

function PlainEditor({ source, handle, onInput, field }: Props & { field: RefObject<HTMLTextAreaElement | null> }) {
	useEffect(() => {
		handle.current = { goTo: (line) => selectLine(field.current, line) };
		return () => {
			handle.current = null;
		};
	}, []);
	return (
		<textarea
			ref={field}
			class="ui-input code"
			aria-label={t("editor")}
			rows={source === "" ? 6 : 16}
			value={source}
			spellcheck={false}
			autocapitalize="none"
			autocomplete="off"
			wrap="off"
			onInput={(event) => onInput(event.currentTarget.value)}
		/>
	);
}

function selectLine(editor: HTMLTextAreaElement | null, line: number): void {
	if (!editor) return;
	const all = editor.value.split("\n");
	const start = all.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
	editor.focus();
	editor.setSelectionRange(start, start + (all[line - 1]?.length ?? 0));
	editor.scrollTop = (editor.scrollHeight / all.length) * Math.max(0, line - 4);
}
