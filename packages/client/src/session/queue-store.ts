import { Attempts } from "@inlay/contract/attempts";
import { computed, signal } from "@preact/signals";
import type { ApiClient } from "./api.ts";
import type { WireList, WireQueue } from "./wire.ts";

const pageSize = 100;
/** More queues than anybody is in; a server that gives the same page again and again is not asked for ever. */
const mostPages = 20;

/** The queues that the agent is a member of. */
export class QueueStore {
	readonly #api: ApiClient;
	readonly #userId: string;
	#joining: Promise<unknown> = Promise.resolve();
	readonly #readings = new Attempts();
	#joins = 0;
	readonly mine = signal<readonly WireQueue[]>([]);
	/** True once it is known that the agent takes work of no queue: they are in none, or have switched all of them off. */
	readonly takesNone = computed(() => this.#isKnown.value && this.mine.value.every(({ joined }) => joined === false));
	readonly #isKnown = signal(false);

	constructor(api: ApiClient, userId: string) {
		this.#api = api;
		this.#userId = userId;
	}

	/** The newest reading counts; one that was under way while the agent joined or left is done again. Rejects with ApiError. */
	async load(): Promise<void> {
		const isNewest = this.#readings.begin();
		const joins = this.#joins;
		const mine = await this.#read();
		if (!isNewest()) return;
		if (joins !== this.#joins) return this.load();
		this.mine.value = mine;
		this.#isKnown.value = true;
	}

	async #read(): Promise<WireQueue[]> {
		const all: WireQueue[] = [];
		for (let page = 1; page <= mostPages; page++) {
			const { entities = [] } = await this.#api.get<WireList<WireQueue>>(
				`/routing/queues/me?pageSize=${pageSize}&pageNumber=${page}`,
			);
			all.push(...entities);
			if (entities.length < pageSize) break;
		}
		return all;
	}

	/** Starts or stops taking work of queues (`routing:queue:join`); one change after the other. Rejects with ApiError. */
	join(queues: readonly WireQueue[], joined: boolean): Promise<void> {
		const ids = new Set(queues.map(({ id }) => id));
		const send = async () => {
			await this.#api.patch(
				`/users/${this.#userId}/queues`,
				[...ids].map((id) => ({ id, joined })),
			);
			this.#joins += 1;
			this.mine.value = this.mine.peek().map((queue) => (ids.has(queue.id) ? { ...queue, joined } : queue));
		};
		const joining = this.#joining.then(send, send);
		this.#joining = joining;
		return joining;
	}

	nameOf(id: string | undefined): string | undefined {
		return this.mine.value.find((queue) => queue.id === id)?.name;
	}
}
