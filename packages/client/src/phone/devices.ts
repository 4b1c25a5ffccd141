import { effect, signal } from "@preact/signals";
import { type KeyValue, readJson } from "../boot/storage.ts";

interface Kept {
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
	readonly #stopKeeping: () => void;
	readonly #refresh = () => void this.refresh();

	constructor(store: KeyValue) {
		const kept = readJson<Kept>(store, key, (value) => typeof value.ringVolume === "number");
		this.microphone.value = kept?.microphone;
		this.speaker.value = kept?.speaker;
		this.ringer.value = kept?.ringer;
		this.ringVolume.value = kept?.ringVolume ?? 0.6;
		this.#stopKeeping = effect(() => {
			const now: Kept = {
				microphone: this.microphone.value,
				speaker: this.speaker.value,
				ringer: this.ringer.value,
				ringVolume: this.ringVolume.value,
			};
			store.setItem(key, JSON.stringify(now));
		});
		navigator.mediaDevices?.addEventListener("devicechange", this.#refresh);
		this.#refresh();
	}

	/** Lists the devices again. Their names are known only after the microphone has been allowed. */
	async refresh(): Promise<void> {
		const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
		const real = all.filter((device) => device.deviceId !== "" && device.deviceId !== "default");
		this.microphones.value = real.filter((device) => device.kind === "audioinput");
		this.speakers.value = real.filter((device) => device.kind === "audiooutput");
	}

	dispose(): void {
		this.#stopKeeping();
		navigator.mediaDevices?.removeEventListener("devicechange", this.#refresh);
	}
}
