import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import { searchPeople } from "../../session/people-search.ts";

export interface Member {
	id: string;
	name: string;
	/** Their ring, where the queue has several. */
	ringNumber?: number;
}

/** Who works in a queue: each is added and taken out by themselves. */
export class QueueMembers {
	readonly own: Paged<Member>;
	/** To choose from. */
	readonly all: Paged<Member>;
	/** Ids of those among them who are known to be in it. */
	readonly inside = signal<ReadonlySet<string>>(new Set());
	readonly changing = new Task();
	readonly #api: Api;
	readonly #path: string;

	/** @param queuePath of the queue in the API */
	constructor(api: Api, queuePath: string) {
		this.#api = api;
		this.#path = `${queuePath}/members`;
		this.own = new Paged<Member>((asked) => this.#members(asked));
		// By name like the members: those who are found and in it are among the first of them. Who is found by an address is not told.
		this.all = searchPeople(api, {}, async (found) => {
			const text = this.all.text.peek().trim();
			const { entities } = await this.#members({ text, number: 1, size: 100 });
			this.inside.value = new Set(entities.map(({ id }) => id));
			return found;
		});
	}

	async add({ id }: Member): Promise<boolean> {
		const isDone = await this.#change(() => this.#api.request("POST", this.#path, [{ id }]));
		if (isDone) this.inside.value = new Set([...this.inside.peek(), id]);
		return isDone;
	}

	async takeOut({ id }: Member): Promise<boolean> {
		const isDone = await this.#change(() => this.#api.request("DELETE", `${this.#path}/${encodeURIComponent(id)}`));
		if (isDone) this.inside.value = new Set([...this.inside.peek()].filter((one) => one !== id));
		return isDone;
	}

	#members({ text, number, size }: { text: string; number: number; size: number }): Promise<Slice<Member>> {
		const name = text === "" ? "" : `&name=${encodeURIComponent(text)}`;
		return this.#api.request("GET", `${this.#path}?pageSize=${size}&pageNumber=${number}${name}`);
	}

	intoRing({ id }: Member, ringNumber: number): Promise<boolean> {
		const path = `${this.#path}/${encodeURIComponent(id)}`;
		return this.#change(() =>
			this.#api.request("PATCH", path, { id, ringNumber }, { noVersion: "one member of many" }),
		);
	}

	/** What a colleague did meanwhile is seen too, also where it is why this was refused. */
	async #change(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.changing.run(work);
		await this.own.reload();
		return done;
	}
}
