import { javascript } from "@codemirror/lang-javascript";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { look } from "./look.ts";

export interface ComparedText {
	/** For screen readers. */
	name: string;
	source: string;
}

/** Two versions of a script, side by side where there is room, with what differs. Nothing in them is changed. */
export function compare(
	root: ShadowRoot,
	before: ComparedText,
	after: ComparedText,
	phrases: Record<string, string>,
	isNarrow: boolean,
): () => void {
	const shown = ({ name }: ComparedText) => [
		lineNumbers(),
		javascript(),
		look,
		EditorState.readOnly.of(true),
		EditorState.phrases.of(phrases),
		EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" }),
	];
	const collapseUnchanged = { margin: 3, minSize: 6 };
	if (isNarrow) {
		const merged = unifiedMergeView({
			original: before.source,
			mergeControls: false,
			collapseUnchanged,
			allowInlineDiffs: false,
		});
		const view = new EditorView({
			...{ parent: root, root, doc: after.source },
			extensions: [...shown(after), EditorView.lineWrapping, merged],
		});
		return () => view.destroy();
	}
	const view = new MergeView({
		...{ parent: root, root, collapseUnchanged },
		a: { doc: before.source, extensions: shown(before) },
		b: { doc: after.source, extensions: shown(after) },
	});
	return () => view.destroy();
}
