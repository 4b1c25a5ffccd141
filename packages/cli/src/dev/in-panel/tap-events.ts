/** Listens to what the panel tells scripts, and passes it on to the version that is live. */
import {
	CATEGORIES_BY_NAME_ONLY,
	hearsCategory,
	matchName,
	SUBSCRIPTION_TYPES,
	type SubscriptionRequest,
	safeGet,
} from "@inlay/contract";
import type { Entry } from "../protocol.ts";
import type { Known, ToldEvent } from "./known.ts";
import type { Recorder } from "./recorder.ts";

type Subscribe = (requests: SubscriptionRequest[]) => void;

interface Subscription {
	version: number;
	type: string;
	categories: string[] | undefined;
	callback: (category: string, data: unknown) => void;
}

export interface TapEventsParts {
	recorder: Recorder;
	known: Known;
	/** Whether what this version has subscribed is still told. */
	isLive: (version: number) => boolean;
}

/** How many events back a listener may be told of one: those in whose course it came. */
const mostRecent = 20;

export class TapEvents {
	readonly #parts: TapEventsParts;
	readonly #subscribe: Subscribe;
	#subscriptions: Subscription[] = [];
	/** The newest last. */
	#recent: { event: ToldEvent; text: string; entry: Entry }[] = [];

	constructor(parts: TapEventsParts, subscribe: Subscribe) {
		this.#parts = parts;
		this.#subscribe = subscribe;
		// Before any script's: what it is told is known when it is told.
		for (const type of SUBSCRIPTION_TYPES) {
			const usual = (category: string, data: unknown) => {
				if (!CATEGORIES_BY_NAME_ONLY.includes(category)) this.#told({ type, category, data });
			};
			const named = (category: string, data: unknown) => this.#told({ type, category, data });
			subscribe([
				{ type, callback: usual },
				{ type, categories: [...CATEGORIES_BY_NAME_ONLY], callback: named },
			] as SubscriptionRequest[]);
		}
	}

	/** `PureCloud.subscribe` of a version. What the panel would refuse is left to the panel. */
	add(given: unknown, version: number): void {
		for (const request of Array.isArray(given) ? given : [given]) {
			const type = matchName(SUBSCRIPTION_TYPES, safeGet(request, "type"));
			const callback = safeGet(request, "callback");
			if (type === undefined || typeof callback !== "function") {
				this.#subscribe([request]);
				continue;
			}
			const named = safeGet(request, "categories");
			const categories = Array.isArray(named) ? named.map(String) : undefined;
			const subscription = { version, type, categories, callback: callback as Subscription["callback"] };
			this.#subscriptions.push(subscription);
			const hear = (category: string, data: unknown) => this.#hear(subscription, { type, category, data });
			this.#subscribe([{ ...(request as SubscriptionRequest), callback: hear }]);
		}
	}

	/** Tells the live version alone, as the panel would. A listener that throws stops nobody else. */
	tell(event: ToldEvent, isReplay: boolean): void {
		const entry = this.#told(event, isReplay);
		for (const each of this.#subscriptions) {
			if (each.type !== event.type || !hearsCategory(each.categories, event.category)) continue;
			try {
				this.#hear(each, event, entry);
			} catch (thrown) {
				console.error(thrown);
			}
		}
	}

	/** Those of versions that are over are told nothing any more. */
	forget(): void {
		this.#subscriptions = this.#subscriptions.filter(({ version }) => this.#parts.isLive(version));
	}

	#told(event: ToldEvent, isReplay = false): Entry {
		const { recorder, known } = this.#parts;
		const name = `${event.type} ${event.category}`;
		const replayed = isReplay ? ({ isReplay } as const) : {};
		const entry = recorder.note({ kind: "event", name, payload: event.data, heard: 0, ...replayed });
		if (!isReplay) known.follow(event);
		this.#recent = [...this.#recent, { event, text: JSON.stringify(event), entry }].slice(-mostRecent);
		return entry;
	}

	#hear({ version, callback }: Subscription, event: ToldEvent, of?: Entry): void {
		const { recorder, isLive } = this.#parts;
		if (!isLive(version)) return;
		const text = JSON.stringify(event);
		const entry = of ?? this.#recent.findLast((each) => each.text === text)?.entry;
		if (entry) {
			recorder.heard(entry);
			entry.version = version;
			recorder.during(entry, () => callback(event.category, event.data));
		} else callback(event.category, event.data);
	}
}
