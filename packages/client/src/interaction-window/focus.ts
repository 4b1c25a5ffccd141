/** So long what had the focus is waited for, ms: its code may have to load. */
const waitMs = 10_000;

/** After each of these the focus may be elsewhere, or further on. */
const moves = ["focusin", "input", "keyup", "pointerup"] as const;

/** Where somebody was typing, while the panel that draws here is loaded anew: fields are known by their names. */
export class KeptFocus {
	readonly #document: Document;
	#kept: { field: Element; name: string; from: number; to: number } | undefined;
	#stop = () => {};

	constructor(page: Document) {
		this.#document = page;
		for (const move of moves) page.addEventListener(move, () => this.#note(), true);
	}

	/** What was drawn has been drawn anew: back to where the focus was, unless somebody has gone elsewhere. */
	restore(): void {
		const kept = this.#kept;
		if (!kept || (kept.field.isConnected && this.#document.activeElement === kept.field)) return;
		this.#kept = undefined;
		this.#stop();
		const look = () => {
			const { activeElement, body } = this.#document;
			if (activeElement !== null && activeElement !== body) return this.#stop();
			const field = this.#document.getElementsByName(kept.name)[0] as HTMLTextAreaElement | undefined;
			if (!field || (kept.to > 0 && field.value.length < kept.to)) return;
			this.#stop();
			field.focus();
			if (typeof field.setSelectionRange === "function" && field.selectionStart !== null)
				field.setSelectionRange(kept.from, kept.to);
		};
		const watch = new MutationObserver(look);
		const timer = setTimeout(() => this.#stop(), waitMs);
		this.#stop = () => {
			clearTimeout(timer);
			watch.disconnect();
			this.#stop = () => {};
		};
		watch.observe(this.#document, { subtree: true, childList: true, characterData: true, attributes: true });
		look();
	}

	#note(): void {
		const field = this.#document.activeElement as HTMLTextAreaElement | null;
		this.#kept = field?.name
			? { field, name: field.name, from: field.selectionStart ?? 0, to: field.selectionEnd ?? 0 }
			: undefined;
	}
}
