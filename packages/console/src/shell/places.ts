import type { Need, Rights } from "../session/rights.ts";
import { areaOf, hrefOf, type Route } from "./router.ts";

/** Where something is administered. */
export interface Place {
	href: string;
	/** What seeing it takes; absent where everybody may. */
	need?: Need;
}

/** A screen as a place: what it takes to see it, its area says. */
export function placeAt(to: Route): Place {
	const need: Need | undefined = areaOf(to)?.need;
	return { href: hrefOf(to), ...(need ? { need } : {}) };
}

export function mayOpen(rights: Rights, { need }: Place): boolean {
	return !need || rights.may(need);
}
