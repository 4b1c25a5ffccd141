/** Hears of clicks, keys and what is typed without any (dictation) anywhere on a page, the panel's or one that it draws in. @returns stops listening */
export function listenForUse(used: () => void, page: Window = window): () => void {
	const kinds = ["pointerdown", "keydown", "input"] as const;
	for (const kind of kinds) page.addEventListener(kind, used, { capture: true, passive: true });
	return () => {
		for (const kind of kinds) page.removeEventListener(kind, used, { capture: true });
	};
}
