import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { PresenceDefinition } from "../../session/wire.ts";
import { choosable } from "./status-form.ts";

const path = "/api/inlay/v1/presence/definitions";

/** Statuses beneath one system presence, in the order in which agents see them. */
export interface StatusGroup {
	systemPresence: string;
	own: PresenceDefinition[];
}

/** All statuses, and their order. */
export class StatusesModel {
	readonly statuses: Loaded<StatusGroup[]>;
	readonly moving = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.statuses = new Loaded(async () => {
			const { entities } = await api.request<{ entities: PresenceDefinition[] }>("GET", path);
			return grouped(entities.filter(({ type }) => type === "User"));
		});
	}

	/** Puts a status one place up or down. Where a colleague has added or deleted one, what is there now is shown. */
	async move({ systemPresence, own }: StatusGroup, id: string, by: -1 | 1): Promise<boolean> {
		const ids = own.map((one) => one.id);
		const from = ids.indexOf(id);
		const to = from + by;
		if (from < 0 || to < 0 || to >= ids.length) return false;
		ids.splice(from, 1);
		ids.splice(to, 0, id);
		const done = await this.moving.run(() =>
			this.#api.request(
				"PUT",
				`${path}/order`,
				{ systemPresence, ids },
				{ noVersion: "refused where one was added or deleted meanwhile" },
			),
		);
		await this.statuses.load();
		return done;
	}
}

/** Those that agents choose by hand first, as they are offered; others only where something is beneath them. */
function grouped(own: readonly PresenceDefinition[]): StatusGroup[] {
	const names = [...new Set([...choosable, ...own.map((one) => one.systemPresence)])];
	return names
		.map((systemPresence) => ({ systemPresence, own: own.filter((one) => one.systemPresence === systemPresence) }))
		.filter((group) => group.own.length > 0);
}
