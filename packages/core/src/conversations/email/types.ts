import type { EmailCommand } from "./commands.ts";
import type { EmailPart } from "./model.ts";

/** Emails, as `media.ts` lists them. */
export interface EmailTypes {
	list: "emails";
	communication: EmailPart;
	command: EmailCommand;
	facts: never;
	context: unknown;
	deps: unknown;
}
