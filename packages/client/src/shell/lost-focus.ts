let forNow: WeakRef<Element> | undefined;

/** The page is at work in, and nothing that somebody has chosen has the focus: not while the page around is typed in. */
export function hasLostFocus(page = document): boolean {
	const { activeElement, body } = page;
	return page.hasFocus() && (activeElement === body || activeElement === null || activeElement === forNow?.deref());
}

/** Gives the focus to what stands in for something better that may still come, until the agent presses something on it. */
export function focusForNow(element: HTMLElement, options?: FocusOptions): void {
	forNow = new WeakRef(element);
	element.focus(options);
	const page = element.ownerDocument.defaultView;
	const keep = (event: Event) => {
		if (event.type === "keydown" && isElsewhere(event as KeyboardEvent)) return;
		forNow = undefined;
		for (const name of ["keydown", "pointerdown"]) page?.removeEventListener(name, keep, true);
	};
	for (const name of ["keydown", "pointerdown"]) page?.addEventListener(name, keep, true);
}

/** A held key was pressed before; a shortcut is for the panel, whatever has the focus: neither is a choice of what has it. */
function isElsewhere({ repeat, key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
	return repeat || altKey || ctrlKey || metaKey || key === "Shift";
}
