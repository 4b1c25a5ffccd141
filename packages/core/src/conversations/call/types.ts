import type { CallCommand } from "./commands.ts";
import type { Call } from "./model.ts";
import type { CallDeps } from "./ports.ts";
import type { CallContext } from "./rules/model.ts";

/** Calls, as `media.ts` lists them. */
export interface CallTypes {
	list: "calls";
	communication: Call;
	command: CallCommand;
	facts: never;
	context: CallContext;
	deps: CallDeps;
}
