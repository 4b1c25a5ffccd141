import type { Medium } from "../medium.ts";
import { unpark } from "../written/park.ts";
import { type EmailCommand, emailCommands } from "./commands.ts";
import { emailParts } from "./model.ts";
import { emailShows } from "./shows.ts";

/** Emails: what customers write to the organization's addresses, and what they are answered. */
export const emailMedium: Medium<EmailCommand> = {
	...emailParts,
	isWritten: true,
	due: (_draft, participant) => unpark(participant),
	commands: emailCommands,
	shows: emailShows,
	words: { one: "Email", many: "Emails", inText: "email" },
};
