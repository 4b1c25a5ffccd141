import type { MediumShows } from "../medium.ts";
import type { Conversation } from "../model.ts";
import type { Call } from "./model.ts";

/** What clients see of a call beyond what they see of every communication. */
export const callShows: MediumShows<Call> = {
	fields: [
		"muted",
		"confined",
		"recording",
		"recordingState",
		"securePause",
		"inlayPausedTime",
		"inlayRecordingFailed",
		"inlayConsent",
		"inlayAddedBy",
		"inlayDialedBy",
		"inlayTranscription",
		"uuiData",
	],
	facts: (call) => ({ recordersState: recordersStateOf(call) }),
	notInEvents: ["recordingId"],
	hidden: ["recorders"],
	ofConversation: ({ recordingState, securePause, maxParticipants }: Conversation) => ({
		maxParticipants,
		recordingState: recordingState.toLowerCase(),
		securePause,
	}),
};

/** An agent's own recording is the ad hoc one; a policy's records what the agent lives through (platform-api 5.6). */
function recordersStateOf({ recorders, recordingState }: Call) {
	return {
		adhocState: recorders?.own ?? recordingState,
		customerExperienceState: "none",
		agentExperienceState: recorders?.policy ?? "none",
		snippetState: "none",
	};
}
