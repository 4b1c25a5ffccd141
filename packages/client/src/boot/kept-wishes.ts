import { isKeptWish, type KeptWish } from "../framework/kept-wishes.ts";
import type { KeyValue } from "./storage.ts";

const key = "inlay.wishes";

export interface WishKeeping {
	store: KeyValue;
	/** The store is the frame's name, which the page that the frame goes to may read: nobody's number belongs there. */
	isName: boolean;
	/** What waits for the panel to be ready. */
	waiting: () => readonly KeptWish[];
}

/**
 * What page and script have asked for before anybody was signed in, over the way to the sign-in page: the frame leaves, and
 * comes back as a page that knows nothing of it.
 */
export class KeptWishes {
	readonly #keeping: WishKeeping;
	readonly #leaves: Pick<Window, "addEventListener">;

	constructor(keeping: WishKeeping, leaves: Pick<Window, "addEventListener"> = window) {
		this.#keeping = keeping;
		this.#leaves = leaves;
	}

	/** The page leaves by itself: keeps what waits now, and what still comes until it has gone. */
	leaving(): void {
		this.#keep();
		this.#leaves.addEventListener("pagehide", () => this.#keep());
	}

	/** What the page before has kept; given once. */
	take(): KeptWish[] {
		const { store } = this.#keeping;
		const kept = read(store.getItem(key));
		store.removeItem(key);
		return kept;
	}

	#keep(): void {
		const { store, isName, waiting } = this.#keeping;
		const wishes = waiting().map(({ given, ...wish }) => (isName ? wish : { ...wish, given }));
		if (wishes.length > 0) store.setItem(key, JSON.stringify(wishes));
	}
}

function read(text: string | null): KeptWish[] {
	try {
		const wishes: unknown = JSON.parse(text ?? "[]");
		return Array.isArray(wishes) ? wishes.filter(isKeptWish) : [];
	} catch {
		return [];
	}
}
