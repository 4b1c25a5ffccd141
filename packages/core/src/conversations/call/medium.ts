import type { Medium } from "../medium.ts";
import { type CallCommand, callCommands } from "./commands.ts";
import { callParts } from "./model.ts";
import { callShows } from "./shows.ts";
import { dialOutside } from "./transitions/connect.ts";
import { stopRecordingOf } from "./transitions/recording.ts";

/** Voice. */
export const callMedium: Medium<CallCommand> = {
	...callParts,
	commands: callCommands,
	shows: callShows,
	words: { one: "Call", many: "Calls", inText: "call" },
	isRecorded: true,
	closing: stopRecordingOf,
	callOutside: dialOutside,
};
