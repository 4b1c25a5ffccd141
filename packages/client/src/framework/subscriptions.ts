import type { SubscriptionType, ToldCategory } from "@inlay/contract";
import {
	CATEGORIES_BY_NAME_ONLY,
	foldName,
	matchName,
	SUBSCRIPTION_TYPES,
	safeGet,
	UNCONFIRMED_CATEGORIES,
} from "@inlay/contract";
import type { Guard } from "./guard.ts";
import type { FrameworkLog } from "./ports.ts";

interface Subscription {
	type: SubscriptionType;
	/** Folded names; undefined means all ordinary ones. */
	categories: Set<string> | undefined;
	callback: (category: string, data: unknown) => void;
}

/** Who listens to what; any number, at any moment (framework-contract 6 and 8). */
export class Subscriptions {
	readonly #guard: Guard;
	readonly #log: FrameworkLog;
	#entries: Subscription[] = [];
	readonly #tellsUnconfirmed: () => boolean;

	/** @param tellsUnconfirmed `settings.unconfirmedEvents` */
	constructor(guard: Guard, log: FrameworkLog, tellsUnconfirmed = () => false) {
		this.#guard = guard;
		this.#log = log;
		this.#tellsUnconfirmed = tellsUnconfirmed;
	}

	/** Takes a list, or a single entry; unusable entries are logged and left out. Gives the way to stop. */
	add(given: unknown): () => void {
		const added: Subscription[] = [];
		for (const entry of Array.isArray(given) ? given : [given]) {
			const subscription = readSubscription(entry);
			if (subscription !== undefined) added.push(subscription);
			else this.#log.warn("A subscription needs a known type and a callback", { type: String(safeGet(entry, "type")) });
		}
		this.#entries.push(...added);
		return () => {
			this.#entries = this.#entries.filter((entry) => !added.includes(entry));
		};
	}

	/** Each listener gets a copy of its own: what one script changes, nobody else sees. */
	emit(type: SubscriptionType, category: ToldCategory, data: unknown): void {
		for (const entry of [...this.#entries]) {
			if (!this.#wants(entry, type, category)) continue;
			// Called by itself: in a plain function `this` is then the window, as in the original, and not this list's entry.
			const { callback } = entry;
			this.#guard(`subscribe ${type} ${category}`, () => callback(category, copyOf(data)));
		}
	}

	#wants(entry: Subscription, type: SubscriptionType, category: ToldCategory): boolean {
		if (entry.type !== type) return false;
		if (entry.categories !== undefined) return entry.categories.has(foldName(category));
		if (UNCONFIRMED_CATEGORIES.some((one) => one === category)) return this.#tellsUnconfirmed();
		return !CATEGORIES_BY_NAME_ONLY.includes(category);
	}
}

/** A plain copy that survives JSON, as every consumer expects (framework-contract 7). */
export function copyOf<Data>(data: Data): Data {
	return data === undefined ? data : (JSON.parse(JSON.stringify(data)) as Data);
}

function readSubscription(entry: unknown): Subscription | undefined {
	const type = matchName(SUBSCRIPTION_TYPES, safeGet(entry, "type"));
	const callback = safeGet(entry, "callback");
	if (type === undefined || typeof callback !== "function") return undefined;
	const categories = safeGet(entry, "categories");
	return {
		type,
		callback: callback as Subscription["callback"],
		categories: Array.isArray(categories)
			? new Set(categories.filter((name) => typeof name === "string").map(foldName))
			: undefined,
	};
}
