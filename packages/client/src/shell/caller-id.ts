import { signal } from "@preact/signals";
import type { KeyValue } from "../boot/storage.ts";

/** What called people see, as the agent wants it (`enableConfigurableCallerID`). */
export interface CallerId {
	name: string;
	/** As the agent has written it. */
	number: string;
}

const key = "inlay.caller-id";

/** The agent's caller id; kept in this browser. */
export class CallerIdChoice {
	readonly value = signal<CallerId>({ name: "", number: "" });
	readonly #storage: KeyValue;

	constructor(storage: KeyValue) {
		this.#storage = storage;
		try {
			const kept: unknown = JSON.parse(storage.getItem(key) ?? "{}");
			const { name, number } = kept as Partial<Record<keyof CallerId, unknown>>;
			this.value.value = { name: String(name ?? ""), number: String(number ?? "") };
		} catch {
			// What somebody else has left there is no caller id.
		}
	}

	change(change: Partial<CallerId>): void {
		this.value.value = { ...this.value.peek(), ...change };
		this.#storage.setItem(key, JSON.stringify(this.value.peek()));
	}
}
