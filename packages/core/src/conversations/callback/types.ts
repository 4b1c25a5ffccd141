import type { CallbackCommand } from "./commands.ts";
import type { Callback, CallbackFacts } from "./model.ts";

/** Callbacks, as `media.ts` lists them. */
export interface CallbackTypes {
	list: "callbacks";
	communication: Callback;
	command: CallbackCommand;
	facts: CallbackFacts;
}
