import type { CallbackCommand } from "./commands.ts";
import type { Callback, CallbackFacts } from "./model.ts";
import type { CallbackStore } from "./store.ts";

/** What conversations need of the world for callbacks only. */
export interface CallbackDeps {
	/** What is asked of callbacks; the database unless told. */
	callbackStore?: CallbackStore;
}

/** Callbacks, as `media.ts` lists them. */
export interface CallbackTypes {
	list: "callbacks";
	communication: Callback;
	command: CallbackCommand;
	facts: CallbackFacts;
	context: unknown;
	deps: CallbackDeps;
}
