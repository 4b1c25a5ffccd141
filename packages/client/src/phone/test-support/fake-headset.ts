import type { Headset, HeadsetLights, HeadsetPress } from "../headset/headset.ts";

/** A headset that a test presses. */
export class FakeHeadset implements Headset {
	readonly name = "Fake headset";
	lights: HeadsetLights = { ringing: false, busy: false, muted: false };
	readonly #listeners = new Set<(press: HeadsetPress) => void>();

	onPress(listener: (press: HeadsetPress) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	show(lights: HeadsetLights): void {
		this.lights = lights;
	}

	close(): void {
		this.lights = { ringing: false, busy: false, muted: false };
		this.#listeners.clear();
	}

	/** The call button. */
	pressCall(): void {
		for (const listener of this.#listeners) listener(this.lights.busy ? "onHook" : "offHook");
	}

	pressMute(): void {
		for (const listener of this.#listeners) listener("mute");
	}
}
