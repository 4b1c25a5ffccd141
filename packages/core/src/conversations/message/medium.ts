import type { Medium } from "../medium.ts";
import { unpark } from "../written/park.ts";
import { type MessageCommand, messageCommands } from "./commands.ts";
import { messageParts } from "./model.ts";
import { messageShows } from "./shows.ts";

/** Messages: texts to and from phones and other channels, one exchange with a customer at a time. */
export const messageMedium: Medium<MessageCommand> = {
	...messageParts,
	isWritten: true,
	due: (_draft, participant) => unpark(participant),
	commands: messageCommands,
	shows: messageShows,
	words: { one: "Message", many: "Messages", inText: "message" },
};
