import type { Headset, HeadsetLights, HeadsetPress } from "./headset.ts";

/** What buttons act on. */
export interface HeadsetCalls {
	isAlerting(): boolean;
	isTalking(): boolean;
	answer(): void;
	hangUp(): void;
	toggleMute(): void;
}

/** One button for two things: takes what rings, else ends the call that is talked in; never both by one press. */
export function pressed(press: HeadsetPress, calls: HeadsetCalls): void {
	if (press === "mute") {
		if (calls.isTalking()) calls.toggleMute();
	} else if (calls.isTalking()) {
		// A second call that rings meanwhile is not meant: whoever presses ends what they hear.
		if (press === "onHook") calls.hangUp();
	} else if (calls.isAlerting() && press === "offHook") calls.answer();
}

/** What the headset shows of it. */
export function lightsOf(calls: Pick<HeadsetCalls, "isAlerting" | "isTalking">, muted: boolean): HeadsetLights {
	const busy = calls.isTalking();
	return { ringing: calls.isAlerting() && !busy, busy, muted: busy && muted };
}

/** Joins a headset to the calls; gives the way to part them. */
export function joinButtons(headset: Headset, calls: HeadsetCalls): () => void {
	const stop = headset.onPress((press) => pressed(press, calls));
	return () => {
		stop();
		headset.close();
	};
}
