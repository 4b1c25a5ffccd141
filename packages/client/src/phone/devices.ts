import { computed, effect, type Signal, signal } from "@preact/signals";
import { type KeyValue, readJson } from "../boot/storage.ts";
import { soundPlace } from "./place.ts";

/** What the agent has chosen. */
export interface KeptDevices {
	microphone?: string;
	speaker?: string;
	ringer?: string;
	ringVolume: number;
}

const key = "inlay.devices";

/** Which microphone and speakers the agent chose, kept in this browser, and which there are. */
export class Devices {
	readonly microphone = signal<string | undefined>(undefined);
	readonly speaker = signal<string | undefined>(undefined);
	readonly ringer = signal<string | undefined>(undefined);
	/** 0 to 1. */
	readonly ringVolume = signal(0.6);
	readonly microphones = signal<readonly MediaDeviceInfo[]>([]);
	readonly speakers = signal<readonly MediaDeviceInfo[]>([]);
	/** Where calls are heard now: the chosen speaker, or the system's while that one is unplugged. */
	readonly speakerNow = computed(() => present(this.speaker.value, this.speakers.value));
	/** Likewise where it rings. */
	readonly ringerNow = computed(() => present(this.ringer.value, this.speakers.value));
	readonly #stopKeeping: () => void;
	readonly #stopListening: () => void;
	readonly #refresh = () => void this.refresh();

	constructor(store: KeyValue) {
		const kept = keptDevices(store);
		this.microphone.value = kept?.microphone;
		this.speaker.value = kept?.speaker;
		this.ringer.value = kept?.ringer;
		this.ringVolume.value = kept?.ringVolume ?? 0.6;
		this.#stopKeeping = effect(() => {
			const now: KeptDevices = {
				microphone: this.microphone.value,
				speaker: this.speaker.value,
				ringer: this.ringer.value,
				ringVolume: this.ringVolume.value,
			};
			store.setItem(key, JSON.stringify(now));
		});
		// Another window has names of its own for the same devices.
		this.#stopListening = effect(() => {
			const machine = soundPlace.value.navigator?.mediaDevices;
			machine?.addEventListener("devicechange", this.#refresh);
			this.#refresh();
			return () => machine?.removeEventListener("devicechange", this.#refresh);
		});
	}

	/** Lists the devices again. Their names are known only after the microphone has been allowed. */
	async refresh(): Promise<void> {
		const all =
			(await soundPlace
				.peek()
				.navigator?.mediaDevices?.enumerateDevices()
				.catch(() => [])) ?? [];
		const real = all.filter((device) => device.deviceId !== "" && device.deviceId !== "default");
		this.#learn(this.microphones, real, "audioinput");
		this.#learn(this.speakers, real, "audiooutput");
	}

	/** The same devices are no news: whoever follows the list tries microphones again. */
	#learn(known: Signal<readonly MediaDeviceInfo[]>, all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): void {
		const found = all.filter((device) => device.kind === kind);
		const name = (devices: readonly MediaDeviceInfo[]) =>
			JSON.stringify(devices.map((each) => [each.deviceId, each.label]));
		if (name(found) !== name(known.peek())) known.value = found;
	}

	dispose(): void {
		this.#stopKeeping();
		this.#stopListening();
	}
}

/** What was chosen in this browser, if anything was. */
export function keptDevices(store: KeyValue): KeptDevices | undefined {
	return readJson<KeptDevices>(store, key, (value) => typeof value.ringVolume === "number");
}

/** Before the microphone has been allowed, a browser names no speaker: then the choice stands as it is. */
function present(chosen: string | undefined, there: readonly MediaDeviceInfo[]): string | undefined {
	return there.length === 0 || there.some((each) => each.deviceId === chosen) ? chosen : undefined;
}
