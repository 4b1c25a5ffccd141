import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import { focusForNow, hasLostFocus } from "../../shell/lost-focus.ts";
import { openTools } from "./open-tools.ts";

/**
 * Where the focus goes when the button it was on has gone with its call, or with the view in which one has dialled: after
 * hang-up to the wrap-up, after an answer to the call's controls or the message's field, once a colleague is asked to whom one talks, after Done to
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
		if (!(inside.current || acted) || !(hasLostFocus() || waits)) return;
		const open = waits || !inside.current ? '[data-open="true"]:not([data-state="alerting"])' : '[data-open="true"]';
		const next =
			element?.querySelector<HTMLElement>('[data-now="work"] select, [data-now="work"] textarea') ??
			element?.querySelector<HTMLElement>('[data-open="true"] [data-consult] input:checked') ??
			// Who has taken a message up goes on to write, not to hand it over.
			element?.querySelector<HTMLElement>('[data-open="true"] textarea[name="message"]') ??
			element?.querySelector<HTMLElement>(`${open} .call-control`) ??
			element?.querySelector<HTMLElement>(".interaction-row, .last-call button, .empty-actions button");
		// Who else is in the call comes a moment later, with buttons of its own.
		const placed = next ?? element;
		if (placed) focusForNow(placed);
	}, [state, selectedId]);
	return place;
}
