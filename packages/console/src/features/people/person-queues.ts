import { type Api, listAll } from "../../session/api.ts";
import { byName } from "../../session/by-name.ts";
import { Loaded, Task } from "../../session/load.ts";
import { Paged } from "../../session/paged.ts";
import type { Queue } from "../../session/wire.ts";

/** The queues that one user works in. */
export class PersonQueues {
	readonly own: Loaded<Queue[]>;
	/** All queues, to choose from. */
	readonly all: Paged<Queue>;
	readonly changing = new Task();
	readonly #api: Api;
	readonly #userId: string;

	constructor(api: Api, userId: string) {
		this.#api = api;
		this.#userId = userId;
		this.own = new Loaded(async () => {
			const path = `/api/v2/users/${userId}/queues`;
			const parts = await Promise.all([
				listAll<Queue>(api, `${path}?joined=true`),
				listAll<Queue>(api, `${path}?joined=false`),
			]);
			const found = new Map(parts.flat().map((queue) => [queue.id, queue]));
			return [...found.values()].sort(byName);
		});
		this.all = new Paged<Queue>(({ text, number, size }) => {
			const name = text === "" ? "" : `&name=${encodeURIComponent(`*${text}*`)}`;
			return api.request("GET", `/api/v2/routing/queues?pageSize=${size}&pageNumber=${number}${name}`);
		});
	}

	add(queueId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("POST", members(queueId), [{ id: this.#userId }]));
	}

	takeOut(queueId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("DELETE", `${members(queueId)}/${this.#userId}`));
	}

	async #change(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.changing.run(work);
		await this.own.load();
		return done;
	}
}

function members(queueId: string): string {
	return `/api/v2/routing/queues/${queueId}/members`;
}
