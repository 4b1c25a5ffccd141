import type { Place } from "./place.ts";

/**
 * Whether a ring may change what the page shows. It may not while somebody works here: the record of another call stays
 * open, and so does a form, but for one that an earlier ring has opened and nobody has touched.
 */
export function mayPop(shown: Place, state: { hasOtherCall: boolean; hasDraft: boolean }): boolean {
	if (state.hasOtherCall || state.hasDraft || shown.kind === "edit") return false;
	return shown.kind !== "new" || shown.interactionId !== undefined;
}
