import { Attempts } from "@inlay/contract/attempts";
import { computed, signal } from "@preact/signals";
import type { ApiClient } from "./api.ts";
import type { WireList, WireStation, WireUserStations } from "./wire.ts";

/** The station type of a phone that lives in a browser (platform-api 5.2). */
export const webRtcStationType = "inin_webrtc_softphone";

/** The agent's phone: which stations there are, and which one is in use. */
export class StationStore {
	readonly #api: ApiClient;
	readonly #userId: string;
	/** A request's answer counts as long as no news has come since it was made: news tells of everything, in its order. */
	readonly #changes = new Attempts();
	/** What a snapshot says counts as long as nothing else has become known since it was asked for. */
	readonly #snapshots = new Attempts();
	readonly associated = signal<WireStation | undefined>(undefined);
	readonly stations = signal<readonly WireStation[]>([]);
	/** True once it is known whether the agent has a phone, and one that they have was taken into use. */
	readonly prepared = signal(false);
	/** True when the associated station is the agent's own phone in this panel. */
	readonly isWebRtc = computed(() => {
		const station = this.associated.value;
		return station !== undefined && this.#typeOf(station) === webRtcStationType;
	});

	constructor(api: ApiClient, userId: string) {
		this.#api = api;
		this.#userId = userId;
	}

	/** Events name the station by id and name only (platform-api, Appendix A), so its kind is looked up in the list. */
	#typeOf(station: WireStation): string | undefined {
		return station.type ?? this.stations.value.find((each) => each.id === station.id)?.type;
	}

	take(stations: WireUserStations | undefined): void {
		this.#changes.end();
		this.#know(stations?.effectiveStation ?? stations?.associatedStation ?? undefined);
	}

	#know(station: WireStation | undefined): void {
		this.#snapshots.end();
		this.associated.value = station;
	}

	/** Lists the agent's own WebRTC stations and those that anybody may select. */
	async load(): Promise<void> {
		const [own, shared] = await Promise.all([
			this.#list(`webRtcUserId=${encodeURIComponent(this.#userId)}`),
			this.#list("userSelectable=true").catch(() => []),
		]);
		const byId = new Map([...own, ...shared].map((station) => [station.id, station]));
		// A WebRTC phone can be used only by the user whom it was made for.
		this.stations.value = [...byId.values()].filter(
			(station) =>
				station.type !== webRtcStationType || (station.webRtcUserId ?? station.userId ?? this.#userId) === this.#userId,
		);
	}

	async #list(query: string): Promise<WireStation[]> {
		return (await this.#api.get<WireList<WireStation>>(`/stations?${query}&pageSize=100`)).entities ?? [];
	}

	/** Reads the stations and takes the agent's own phone into use. */
	async prepare(): Promise<void> {
		try {
			await this.load();
			await this.useOwnPhone();
		} finally {
			this.prepared.value = true;
		}
	}

	/** Gives an agent without a phone their own WebRTC phone, so the first call rings here without any setting. */
	async useOwnPhone(): Promise<void> {
		const own = this.stations.value.find((station) => station.type === webRtcStationType);
		if (!this.associated.value && own) await this.associate(own);
	}

	async associate(station: WireStation): Promise<void> {
		await this.#change(() => this.#api.put(`/users/stations/me/associatedstation/${station.id}`), station);
	}

	async disassociate(): Promise<void> {
		await this.#change(() => this.#api.request("DELETE", "/users/stations/me/associatedstation"), undefined);
	}

	/** A snapshot is asked for. @returns takes what it says */
	beginSnapshot(): (stations: WireUserStations | undefined) => void {
		const isNewest = this.#snapshots.begin();
		return (stations) => {
			if (isNewest()) this.take(stations);
		};
	}

	async #change(ask: () => Promise<unknown>, station: WireStation | undefined): Promise<void> {
		const isNewest = this.#changes.begin();
		await ask();
		if (isNewest()) this.#know(station);
	}
}
