import type { CallCommand } from "./commands.ts";
import type { Call } from "./model.ts";

/** Calls, as `media.ts` lists them. */
export interface CallTypes {
	list: "calls";
	communication: Call;
	command: CallCommand;
	facts: never;
}
