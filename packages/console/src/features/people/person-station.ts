import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Station } from "../../session/wire.ts";

/** What can be set of a user's phone. */
export type StationSettings = Partial<Pick<Station, "webRtcCallAppearances" | "webRtcPersistentEnabled">>;

/** The phone in the panel of one user; the server makes it when they first use one. */
export class PersonStation {
	readonly own: Loaded<Station | undefined>;
	readonly saving = new Task();
	readonly #api: Api;

	constructor(api: Api, userId: string) {
		this.#api = api;
		this.own = new Loaded(async () => {
			const path = `/api/v2/stations?webRtcUserId=${encodeURIComponent(userId)}`;
			return (await api.request<{ entities: Station[] }>("GET", path)).entities[0];
		});
	}

	async set(settings: StationSettings): Promise<boolean> {
		const station = this.own.value;
		if (!station) return false;
		const done = await this.saving.run(() =>
			this.#api.request("PATCH", `/api/v2/inlay/stations/${station.id}`, settings, {
				noVersion: "one value at a time",
			}),
		);
		await this.own.load();
		return done;
	}
}
