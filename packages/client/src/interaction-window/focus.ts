/** So long what had the focus is waited for, ms: its code may have to load. */
const waitMs = 10_000;

/** Where somebody was typing, while the panel that draws here is loaded anew: fields are known by their names. */
export class KeptFocus {
	readonly #document: Document;
	#kept: { name: string; from: number; to: number } | undefined;

	constructor(page: Document) {
		this.#document = page;
	}

	keep(): void {
		const field = this.#document.activeElement as Partial<HTMLTextAreaElement> | null;
		if (!field?.name) return;
		this.#kept = { name: field.name, from: field.selectionStart ?? 0, to: field.selectionEnd ?? 0 };
	}

	/** Once it is there again, and unless somebody has gone elsewhere. */
	restore(): void {
		const kept = this.#kept;
		if (!kept) return;
		this.#kept = undefined;
		const look = () => {
			const { activeElement, body } = this.#document;
			if (activeElement !== null && activeElement !== body) return stop();
			const field = this.#document.getElementsByName(kept.name)[0] as HTMLTextAreaElement | undefined;
			if (!field || (kept.to > 0 && field.value.length < kept.to)) return;
			stop();
			field.focus();
			if (typeof field.setSelectionRange === "function" && field.selectionStart !== null)
				field.setSelectionRange(kept.from, kept.to);
		};
		const watch = new MutationObserver(look);
		const timer = setTimeout(() => stop(), waitMs);
		const stop = () => {
			clearTimeout(timer);
			watch.disconnect();
		};
		watch.observe(this.#document, { subtree: true, childList: true, characterData: true, attributes: true });
		look();
	}
}
