import type { MessageCommand } from "./commands.ts";
import type { MessagePart } from "./model.ts";

/** Messages, as `media.ts` lists them. */
export interface MessageTypes {
	list: "messages";
	communication: MessagePart;
	command: MessageCommand;
	facts: never;
	context: unknown;
	deps: unknown;
}
