import type { MediumShows } from "../medium.ts";
import type { Conversation } from "../model.ts";
import type { Call } from "./model.ts";

/** What clients see of a call beyond what they see of every communication. */
export const callShows: MediumShows<Call> = {
	fields: ["muted", "confined", "recording", "recordingState", "securePause", "uuiData"],
	facts: (call) => ({ recordersState: recordersStateOf(call) }),
	notInEvents: ["recordingId"],
	ofConversation: ({ recordingState, securePause, maxParticipants }: Conversation) => ({
		maxParticipants,
		recordingState: recordingState.toLowerCase(),
		securePause,
	}),
};

/** Only ad hoc recording exists here (platform-api 5.6). */
function recordersStateOf(call: Call) {
	return {
		adhocState: call.recordingState,
		customerExperienceState: "none",
		agentExperienceState: "none",
		snippetState: "none",
	};
}
