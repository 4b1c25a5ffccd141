import { signal } from "@preact/signals";
import { LevelMeter } from "../../phone/level-meter.ts";
import { MicrophoneError } from "../../phone/microphone.ts";
import type { WireStation } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** The settings view's own state: the microphone test. Ends with the view. */
export class SettingsModel {
	readonly meter = new LevelMeter();
	readonly testing = signal(false);
	readonly #workspace: Workspace;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		void workspace.devices.refresh();
	}

	/** Stations to choose from, with the one in use even where the list leaves it out. */
	get stations(): readonly WireStation[] {
		const { stations, associated } = this.#workspace.session.station;
		const used = associated.value;
		return used && !stations.value.some((each) => each.id === used.id) ? [used, ...stations.value] : stations.value;
	}

	async useStation(id: string): Promise<void> {
		const { station } = this.#workspace.session;
		const chosen = this.stations.find((each) => each.id === id);
		await this.#workspace.attempt("station", () => (chosen ? station.associate(chosen) : station.disassociate()));
	}

	async toggleTest(): Promise<void> {
		if (this.testing.value) return this.#stopTest();
		const { devices, phone } = this.#workspace;
		let isMeasured = false;
		await this.#workspace.attempt("mic-test", async () => {
			try {
				isMeasured = await this.meter.start(devices.microphone.value);
				phone.problem.value = undefined;
			} catch (error) {
				if (error instanceof MicrophoneError) phone.problem.value = error.problem;
				throw error;
			}
		});
		this.testing.value = isMeasured;
		await devices.refresh();
	}

	async chooseMicrophone(id: string): Promise<void> {
		this.#workspace.devices.microphone.value = id || undefined;
		if (!this.testing.value) return;
		this.#stopTest();
		await this.toggleTest();
	}

	dispose(): void {
		this.meter.stop();
	}

	#stopTest(): void {
		this.meter.stop();
		this.testing.value = false;
	}
}
