import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import { Paged } from "../../session/paged.ts";
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
	readonly changing = new Task();
	readonly #api: Api;
	readonly #path: string;

	/** @param queuePath of the queue in the API */
	constructor(api: Api, queuePath: string) {
		this.#api = api;
		this.#path = `${queuePath}/members`;
		this.own = new Paged<Member>(({ text, number, size }) => {
			const name = text === "" ? "" : `&name=${encodeURIComponent(text)}`;
			return api.request("GET", `${this.#path}?pageSize=${size}&pageNumber=${number}${name}`);
		});
		this.all = searchPeople(api);
	}

	add({ id }: Member): Promise<boolean> {
		return this.#change(() => this.#api.request("POST", this.#path, [{ id }]));
	}

	takeOut({ id }: Member): Promise<boolean> {
		return this.#change(() => this.#api.request("DELETE", `${this.#path}/${encodeURIComponent(id)}`));
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
