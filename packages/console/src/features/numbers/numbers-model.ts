import { type Api, listAll } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import type { Self } from "../../session/self.ts";
import type { EntryPoint } from "./number-form.ts";
import { nameOf, numbersPath, readQueues } from "./number-model.ts";

/** A number with the name of where it leads; the id where one may not see it. */
export interface ListedNumber extends EntryPoint {
	leadsTo: string;
}

/** All numbers of the organization. */
export class NumbersModel {
	readonly numbers: Loaded<ListedNumber[]>;

	constructor(api: Api, self: Self) {
		this.numbers = new Loaded(async () => {
			const [numbers, queues] = await Promise.all([listAll<EntryPoint>(api, numbersPath), readQueues(api, self)]);
			const names = new Map(queues.map(({ id, name }) => [id, name]));
			return Promise.all(
				numbers.map(async (one) => {
					const { queueId = "" } = one;
					return { ...one, leadsTo: (await nameOf(api, one))?.name ?? names.get(queueId) ?? queueId };
				}),
			);
		});
	}
}
