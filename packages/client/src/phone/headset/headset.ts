/** What somebody does at a headset: takes the call, ends it, asks for mute to change. */
export type HeadsetPress = "offHook" | "onHook" | "mute";

/** What a headset shows. */
export interface HeadsetLights {
	ringing: boolean;
	/** In a call: the busy light. */
	busy: boolean;
	muted: boolean;
}

/** A headset with buttons. Knows nothing of calls. */
export interface Headset {
	readonly name: string;
	/** Gives the way to stop listening. What only mirrors the lights is no press. */
	onPress(listener: (press: HeadsetPress) => void): () => void;
	show(lights: HeadsetLights): void;
	/** Lights out. */
	close(): void;
}
