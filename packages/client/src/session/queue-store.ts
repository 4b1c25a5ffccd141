import { signal } from "@preact/signals";
import type { ApiClient } from "./api.ts";
import type { WireList, WireQueue } from "./wire.ts";

/** The queues that the agent is a member of. */
export class QueueStore {
	readonly #api: ApiClient;
	readonly mine = signal<readonly WireQueue[]>([]);

	constructor(api: ApiClient) {
		this.#api = api;
	}

	async load(): Promise<void> {
		this.mine.value = (await this.#api.get<WireList<WireQueue>>("/routing/queues/me?pageSize=100")).entities ?? [];
	}

	nameOf(id: string | undefined): string | undefined {
		return this.mine.value.find((queue) => queue.id === id)?.name;
	}
}
