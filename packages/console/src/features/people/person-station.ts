import { computed, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Station } from "../../session/wire.ts";

/** What can be set of a user's phone. */
export type StationSettings = Partial<Pick<Station, "webRtcCallAppearances" | "webRtcPersistentEnabled">>;

/** The phone in the panel of one user; the server makes it when they first use one. */
export class PersonStation {
	readonly own: Loaded<Station | undefined>;
	readonly saving = new Task();
	/** What is chosen: what there is, until somebody chooses something else. */
	readonly chosen = computed<StationSettings>(() => ({ ...this.own.value, ...this.#draft.value }));
	/** What a save would change. */
	readonly changed = computed(() => {
		const own: StationSettings = this.own.value ?? {};
		const drafted = Object.keys(this.#draft.value) as Array<keyof StationSettings>;
		return drafted.filter((name) => this.#draft.value[name] !== own[name]);
	});
	readonly #draft = signal<StationSettings>({});
	readonly #api: Api;

	constructor(api: Api, userId: string) {
		this.#api = api;
		this.own = new Loaded(async () => {
			const path = `/api/v2/stations?webRtcUserId=${encodeURIComponent(userId)}`;
			return (await api.request<{ entities: Station[] }>("GET", path)).entities[0];
		});
	}

	/** Nothing goes to the server yet: a select passes over others on the way to the one that is meant. */
	choose(settings: StationSettings): void {
		this.#draft.value = { ...this.#draft.value, ...settings };
	}

	/** What differs, and nothing else. */
	async save(): Promise<boolean> {
		const station = this.own.value;
		if (!station) return false;
		const draft = this.#draft.peek();
		const settings = Object.fromEntries(this.changed.peek().map((name) => [name, draft[name]]));
		const done = await this.saving.run(() =>
			this.#api.request("PATCH", `/api/v2/inlay/stations/${station.id}`, settings, {
				noVersion: "only what was changed",
			}),
		);
		await this.own.load();
		if (done && this.#draft.peek() === draft) this.#draft.value = {};
		return done;
	}
}
