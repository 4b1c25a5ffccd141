import { focusForNow, hasLostFocus } from "./lost-focus.ts";

/** Views that know better place the focus first, ms. */
const othersFirstMs = 150;

/** Not what only a script, or the button beside it, presses: a field for files that nobody sees. */
const unreachable = '[tabindex="-1"], [aria-hidden="true"], [aria-hidden="true"] *, .ui-hidden, [hidden] *, [inert] *';
const usable = [
	"button:not(:disabled)",
	"a[href]",
	"input:not(:disabled)",
	"select:not(:disabled)",
	"textarea:not(:disabled)",
]
	.map((each) => `${each}:not(${unreachable})`)
	.join();
/** What somebody goes on with where nothing near is left: the call in hand, else the status; in a window its first tool. */
const further = [
	'.frame-view [data-open="true"]:not([data-state="alerting"]) .call-control',
	".status-button",
	`.window-bar button`,
];

/**
 * What had the focus is taken away, as “Go on queue” once one is, or disabled: the focus goes to what stands nearest, never to the page,
 * from whose top somebody who works by keyboard would have to begin.
 * @param page the document that the panel draws in: its own, or a window's
 * @returns the way to stop
 */
export function keepFocus(page: Document): () => void {
	const view = page.defaultView;
	if (!view) return () => {};
	let path: EventTarget[] = [];
	let timer: ReturnType<typeof setTimeout> | undefined;
	const note = (event: Event) => {
		path = event.composedPath();
	};
	const isGone = () => isElement(path[0]) && (!path[0].isConnected || path[0].matches(":disabled"));
	const place = () => {
		timer = undefined;
		// Another view was faster, and what it has chosen is still there.
		if (!isGone()) return;
		// The page around is at work: whoever comes back from it finds the place then.
		if (!page.hasFocus()) return;
		const around = path.slice(1);
		path = [];
		const isNowhere = page.activeElement === page.body || page.activeElement === null;
		const next = isNowhere && hasLostFocus(page) ? nextTo(page, around) : undefined;
		if (next) focusForNow(next);
	};
	const watch = new MutationObserver(() => {
		if (isGone()) timer ??= setTimeout(place, othersFirstMs);
	});
	const back = () => {
		if (isGone()) timer ??= setTimeout(place);
	};
	view.addEventListener("focusin", note);
	view.addEventListener("focus", back);
	watch.observe(page.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
	return () => {
		clearTimeout(timer);
		watch.disconnect();
		view.removeEventListener("focusin", note);
		view.removeEventListener("focus", back);
	};
}

/** @param around what the focus was in, the nearest first */
function nextTo(page: Document, around: readonly EventTarget[]): HTMLElement | undefined {
	for (const each of around) {
		if (!isElement(each) || !each.isConnected) continue;
		if (each.matches(".frame, .frame-view, .interaction-window")) break;
		const found = each.querySelector<HTMLElement>(usable);
		if (found) return found;
	}
	return (
		further.map((selector) => page.querySelector<HTMLElement>(selector)).find((each) => each !== null) ?? undefined
	);
}

/** Also of another window, whose classes are its own (decision 41). */
function isElement(target: EventTarget | undefined): target is HTMLElement {
	return (target as Partial<Node> | undefined)?.nodeType === 1;
}
