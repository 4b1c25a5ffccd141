import type { ReadonlySignal } from "@preact/signals";

/** Where a list stands, by short names; what is as it begins is left out. */
export type Place = Readonly<Record<string, string>>;

/** A list that can be linked to and gone back to: its search, page and choices stand in the address (`shell/use-address.ts`). */
export interface Addressed {
	readonly place: ReadonlySignal<Place>;
	/** Grows with each step that somebody may want to come back from, such as to the next page; not with each key. */
	readonly steps: ReadonlySignal<number>;
	/** Shows what an address says, and reads anew where that is something else. */
	restore(place: Place): void;
}
