import { effect, untracked } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Addressed } from "../session/addressed.ts";
import { hrefOf, place, route, writePlace } from "./router.ts";

/** Keeps a screen's list and its address the same: both ways, for as long as the screen is shown. */
export function useAddress(list: Addressed): void {
	// Before the list is read for the first time.
	const own = useMemo(() => {
		list.restore(place.peek());
		return hrefOf(route.peek());
	}, [list]);
	useEffect(() => effect(() => followAddress(list, own)), [list, own]);
	useEffect(() => {
		let steps = list.steps.peek();
		return effect(() => {
			const [now, next] = [list.steps.value, list.place.value];
			const isStep = now !== steps;
			steps = now;
			untracked(() => isShown(own) && writePlace(next, isStep));
		});
	}, [list, own]);
}

function followAddress(list: Addressed, own: string): void {
	const at = place.value;
	untracked(() => isShown(own) && list.restore(at));
}

/** The address is another screen's already when the old one goes. */
function isShown(own: string): boolean {
	return hrefOf(route.peek()) === own;
}
