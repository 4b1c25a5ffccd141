import { dialogKey, keyOfState } from "../dialogs/dialog.ts";
import type { SipRequest } from "../messages/message.ts";
import type { TrunkStore } from "../store.ts";
import type { KeptDialog } from "./call.ts";

/** Calls of the last run that no conversation has taken up yet, by participant. */
export class KeptCalls {
	readonly #store: Pick<TrunkStore, "dialogs">;
	readonly #kept = new Map<string, KeptDialog>();

	constructor(store: Pick<TrunkStore, "dialogs">) {
		this.#store = store;
	}

	async load(): Promise<void> {
		for (const kept of await this.#store.dialogs()) this.#kept.set(kept.participantId, kept);
	}

	get size(): number {
		return this.#kept.size;
	}

	has(participantId: string): boolean {
		return this.#kept.has(participantId);
	}

	/** Whoever takes it up has it alone. */
	take(participantId: string): KeptDialog | undefined {
		const kept = this.#kept.get(participantId);
		this.#kept.delete(participantId);
		return kept;
	}

	takeAll(): KeptDialog[] {
		const all = [...this.#kept.values()];
		this.#kept.clear();
		return all;
	}

	/** The one that a request is within. */
	of(request: SipRequest): KeptDialog | undefined {
		const key = dialogKey(request);
		return [...this.#kept.values()].find(({ dialog }) => keyOfState(dialog) === key);
	}

	isWith(address: string): boolean {
		return [...this.#kept.values()].some(({ dialog }) => dialog.peer.address === address);
	}

	hasCallId(callId: string | undefined): boolean {
		return [...this.#kept.values()].some(({ dialog }) => dialog.callId === callId);
	}
}
