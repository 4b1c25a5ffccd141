import type { LiveInteraction } from "../../session/interaction.ts";

/** Whether what the agent hears should be recorded, and cannot be. */
export function isRecordingLost({ source, participantId }: Pick<LiveInteraction, "source" | "participantId">): boolean {
	const own = source.participants?.find(({ id }) => id === participantId);
	return own?.calls?.at(-1)?.inlayRecordingFailed === true;
}
