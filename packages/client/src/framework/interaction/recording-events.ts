import type { Interaction } from "@inlay/contract";

/** What a script is told of a call's recording: all of it, so that it needs no request to act (agent-features 0.2). */
export interface RecordingEvent {
	category: "inlay:recording";
	data: { id: string; recordingState: "active" | "paused" | "none"; securePause: boolean };
}

/** Ours, beside the contract's events: recording has begun, was paused, goes on, or has ended. */
export function recordingEvents(before: readonly Interaction[], after: readonly Interaction[]): RecordingEvent[] {
	const known = new Map(before.map((one) => [one.id, one]));
	return after.flatMap((now) => {
		const old = known.get(now.id);
		const [was, is] = [stateOf(old), stateOf(now)];
		if (was.recordingState === is.recordingState && was.securePause === is.securePause) return [];
		return [{ category: "inlay:recording" as const, data: { id: now.id, ...is } }];
	});
}

function stateOf(interaction: Interaction | undefined): Omit<RecordingEvent["data"], "id"> {
	const { recordingState = "none", securePause = false } = interaction ?? {};
	return { recordingState, securePause };
}
