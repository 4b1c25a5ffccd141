import { beginsLike } from "../kernel/look-alikes.ts";
import { seenName, seenText } from "../kernel/names.ts";

/** What begins so is the word of a messenger page's own sign-in (docs/messages.md), and nobody else's. */
export const ofSignIn = "signedin.";

/**
 * Attributes as somebody outside says them, by whichever door: agents read them beside the conversation, and what is not seen
 * would let one pass for another. Of two that look the same, the first; nobody says by them who they are.
 */
export function saidAttributes(sent: Readonly<Record<string, string>>): Record<string, string> {
	const said = new Map<string, string>();
	for (const [written, value] of Object.entries(sent)) {
		const name = seenName(written);
		if (name !== "" && !said.has(name) && !beginsLike(name, ofSignIn)) said.set(name, seenText(value));
	}
	return Object.fromEntries(said);
}
