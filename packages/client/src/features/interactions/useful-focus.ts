import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { focusForNow, hasLostFocus } from "../../shell/lost-focus.ts";
import { openTools } from "./open-tools.ts";

/**
 * Where the focus goes when the button it was on has gone with its call, or with the view in which one has dialled: after
 * hang-up to the wrap-up, after an answer to the call's controls, or to what is written, heard or called back, once a colleague is asked to whom one talks, after Done to
 * the next interaction, else to the list itself, so that whoever works by keyboard never starts from the page's top.
 */
export function useUsefulFocus(
	list: readonly LiveInteraction[],
	selectedId: string | undefined,
): RefObject<HTMLDivElement | null> {
	const place = useRef<HTMLDivElement>(null);
	const inside = useRef(false);
	const state = list
		.map((call) => {
			const isHandingOver = openTools(call.id).transfer.value;
			return [call.id, isOver(call), call.state === "connected", call.isConsult, isHandingOver].join(" ");
		})
		.join();
	useEffect(() => {
		const element = place.current;
		if (!element) return;
		// Whoever has never touched the panel has lost nothing in it.
		inside.current = hasLostFocus() && navigator.userActivation?.hasBeenActive === true;
		const note = () => {
			inside.current = true;
		};
		const leave = (event: FocusEvent) => {
			// A button that is taken away loses the focus to nobody.
			if (event.relatedTarget !== null) inside.current = element.contains(event.relatedTarget as Node);
		};
		element.addEventListener("focusin", note);
		element.addEventListener("focusout", leave);
		return () => {
			element.removeEventListener("focusin", note);
			element.removeEventListener("focusout", leave);
		};
	}, []);
	useEffect(() => {
		const element = place.current;
		// On the list itself it waits for something better; what rings there is not pushed under anybody's Enter.
		const waits = element !== null && document.activeElement === element;
		// Whoever has just answered by a shortcut works in the panel, whatever had the focus.
		const acted = navigator.userActivation?.isActive === true;
		if (!(inside.current || acted) || !(hasLostFocus() || waits)) return undefined;
		const open = waits || !inside.current ? '[data-open="true"]:not([data-state="alerting"])' : '[data-open="true"]';
		const next =
			element?.querySelector<HTMLElement>('[data-now="work"] select, [data-now="work"] textarea') ??
			element?.querySelector<HTMLElement>('[data-open="true"] [data-consult] input:checked') ??
			workIn(element) ??
			element?.querySelector<HTMLElement>(`${open} .call-control`) ??
			element?.querySelector<HTMLElement>(".interaction-row, .last-call button, .empty-actions button");
		// Who else is in the call comes a moment later, with buttons of its own.
		const placed = next ?? element;
		if (!placed) return undefined;
		focusForNow(placed);
		return followWork(element, placed);
	}, [state, selectedId]);
	return place;
}

/** What was taken up to be worked at by something else than talk, in the order of what comes first: read, hear, call back. */
const work = [
	'textarea[name="message"]',
	'textarea[name="mail"]',
	"[data-voicemail-card] .player-row button + button",
	"[data-call-back]:not(:disabled)",
].map((each) => `[data-open="true"][data-state="connected"] ${each}`);
/** Where nothing goes on, the way to try again, which its own code brings a moment later. */
const tryAgain = ".interactions:not(:has(.interaction-row)) .last-call button";

/** Who has taken a message up goes on to write, not to hand it over. */
function workIn(element: HTMLElement | null): HTMLElement | undefined {
	return [...work, tryAgain].map((each) => element?.querySelector<HTMLElement>(each)).find((each) => each) ?? undefined;
}

/** So long what is worked at is waited for, ms: a draft, or a sound, comes from the server. */
const workTakesMs = 10_000;

/** Its part of the card may come later: the focus goes on to it, unless somebody has gone elsewhere meanwhile. */
function followWork(element: HTMLElement | null, placed: HTMLElement): (() => void) | undefined {
	if (!element || !(placed === element || placed.closest('[data-state="connected"], .empty-actions'))) return undefined;
	let now = placed;
	const stop = () => {
		clearTimeout(timer);
		watch.disconnect();
	};
	const watch = new MutationObserver(() => {
		if (!hasLostFocus()) return stop();
		const found = workIn(element);
		if (!found || found === now) return;
		now = found;
		// What was taken up is read first: the mail stays in sight.
		focusForNow(found, { preventScroll: true });
	});
	const timer = setTimeout(stop, workTakesMs);
	watch.observe(element, { childList: true, subtree: true });
	return stop;
}
