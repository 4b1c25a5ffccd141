/**
 * A key that is held down goes on pressing what it was pressed on, and nothing else: where a press has moved the focus, its
 * repetitions would press a button that nobody has chosen, as “Transfer now” after a colleague's row.
 * @param page the document whose presses are watched
 * @returns the way to stop
 */
export function ignoreHeldKeysElsewhere(page: EventTarget = document): () => void {
	let began: EventTarget | undefined;
	const down = (event: Event) => {
		const { key, repeat } = event as KeyboardEvent;
		if (key !== "Enter" && key !== " ") return;
		// Inside of a shadow root the page itself sees only its host.
		const [target] = event.composedPath();
		if (!repeat) began = target;
		else if (target !== began) {
			event.preventDefault();
			// Fields act on Enter by listeners of their own.
			event.stopImmediatePropagation();
		}
	};
	page.addEventListener("keydown", down, { capture: true });
	return () => page.removeEventListener("keydown", down, { capture: true });
}
