import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { hasLostFocus } from "./lost-focus.ts";

/**
 * Once a question is answered and gone, the focus goes back to what asked it: to the button that had it before, else to what
 * stands for it on the card. What is nearest may be another button, on which the next Enter does something else.
 * @param question what goes
 * @param orElse selects it where the one that had the focus is gone, too: with a dialog, or because the question took its place
 */
export function useFocusBack(question: RefObject<HTMLElement | null>, orElse?: string): void {
	useLayoutEffect(() => {
		const element = question.current;
		if (!element) return undefined;
		const page = element.ownerDocument;
		const asker = page.activeElement as HTMLElement | null;
		const card = element.closest("[data-interaction]");
		return () => {
			// It is taken out of the page after this.
			queueMicrotask(() => {
				if (!hasLostFocus(page)) return;
				const isThere = asker !== page.body && asker?.isConnected;
				const back = isThere ? asker : orElse && card?.querySelector<HTMLElement>(orElse);
				if (back) back.focus();
			});
		};
	}, []);
}
