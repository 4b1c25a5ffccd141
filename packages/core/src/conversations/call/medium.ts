import type { Medium } from "../medium.ts";
import { type CallCommand, callCommands } from "./commands.ts";
import { refuseDuringConsult } from "./consult/commands.ts";
import { followParties } from "./consult/follow.ts";
import { leftConsult } from "./consult/leaving.ts";
import { consultedStaff } from "./consult/model.ts";
import { extensionsDialled } from "./events.ts";
import { followForwarding, leftForwarding } from "./forwarding/follow.ts";
import { usersToRing } from "./forwarding/model.ts";
import { seenByAll } from "./forwarding/seen.ts";
import { callParts } from "./model.ts";
import { pauseTimers } from "./pauses.ts";
import { callRulesOf } from "./rules/model.ts";
import { callShows } from "./shows.ts";
import { dialOutside } from "./transitions/connect.ts";
import { unmuteOf } from "./transitions/controls.ts";
import { followRecording, stopRecordingOf } from "./transitions/recording.ts";
import { followTranscription } from "./transitions/transcription.ts";
import { endMessage } from "./voicemail/commands.ts";
import { leftToVoicemail, toVoicemail } from "./voicemail/enter.ts";

/** Voice. */
export const callMedium: Medium<CallCommand> = {
	...callParts,
	commands: callCommands,
	shows: callShows,
	words: { one: "Call", many: "Calls", inText: "call" },
	needsPhone: true,
	isRecorded: true,
	refuse: refuseDuringConsult,
	closing(draft, participant) {
		stopRecordingOf(draft, participant);
		unmuteOf(draft, participant);
	},
	due: endMessage,
	seen: seenByAll,
	guests: consultedStaff,
	left: (draft, participant, left, life) =>
		leftForwarding(draft, participant, life) ||
		leftToVoicemail(draft, participant, left, life) ||
		leftConsult(draft, participant, left, life),
	follow(draft, life) {
		followForwarding(draft, life);
		followParties(draft, life);
		followRecording(draft, life);
		followTranscription(draft, life);
	},
	mayBridge: (life) => callRulesOf(life).bridgesAllowed,
	callOutside: dialOutside,
	toMailbox: toVoicemail,
	toRing: usersToRing,
	events: extensionsDialled,
	timers: pauseTimers,
	context: ({ callRules, recordings, transcribedQueues }) => ({
		...(callRules ? { callRules: callRules() } : {}),
		...(recordings ? { recordingRules: recordings.rules() } : {}),
		...(transcribedQueues ? { transcribedQueues: transcribedQueues() } : {}),
	}),
	books: ({ recordings, lastAgents }) => [recordings, lastAgents].flatMap((book) => book ?? []),
};
