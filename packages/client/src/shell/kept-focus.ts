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
/** What somebody goes on with where nothing near is left: the call in hand, else the status. */
const further = ['.frame-view [data-open="true"]:not([data-state="alerting"]) .call-control', ".status-button"];

/**
 * What had the focus is taken away, as “Go on queue” once one is, or disabled: the focus goes to what stands nearest, never to the page,
 * from whose top somebody who works by keyboard would have to begin.
 * @returns the way to stop
 */
export function keepFocus(): () => void {
	let path: EventTarget[] = [];
	let timer: ReturnType<typeof setTimeout> | undefined;
	const note = (event: Event) => {
		path = event.composedPath();
	};
	const isGone = () => path[0] instanceof Element && (!path[0].isConnected || path[0].matches(":disabled"));
	const place = () => {
		timer = undefined;
		// Another view was faster, and what it has chosen is still there.
		if (!isGone()) return;
		// The page around is at work: whoever comes back from it finds the place then.
		if (!document.hasFocus()) return;
		const around = path.slice(1);
		path = [];
		const isNowhere = document.activeElement === document.body || document.activeElement === null;
		const next = isNowhere && hasLostFocus() ? nextTo(around) : undefined;
		if (next) focusForNow(next);
	};
	const watch = new MutationObserver(() => {
		if (isGone()) timer ??= setTimeout(place, othersFirstMs);
	});
	const back = () => {
		if (isGone()) timer ??= setTimeout(place);
	};
	addEventListener("focusin", note);
	addEventListener("focus", back);
	watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
	return () => {
		clearTimeout(timer);
		watch.disconnect();
		removeEventListener("focusin", note);
		removeEventListener("focus", back);
	};
}

/** @param around what the focus was in, the nearest first */
function nextTo(around: readonly EventTarget[]): HTMLElement | undefined {
	for (const each of around) {
		if (!(each instanceof HTMLElement) || !each.isConnected) continue;
		if (each.matches(".frame, .frame-view")) break;
		const found = each.querySelector<HTMLElement>(usable);
		if (found) return found;
	}
	return (
		further.map((selector) => document.querySelector<HTMLElement>(selector)).find((each) => each !== null) ?? undefined
	);
}
