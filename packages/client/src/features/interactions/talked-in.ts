import { isWritten, type LiveInteraction } from "../../session/interaction.ts";

/** There is something to note: a call or an exchange of messages goes on, or a call within a callback has been answered. */
export function isTalkedIn({ media, state, source, participantId }: LiveInteraction): boolean {
	if (state !== "connected") return false;
	if (media === "call" || isWritten({ media })) return true;
	const others = (source.participants ?? []).filter(({ id, purpose }) => id !== participantId && purpose !== "acd");
	return media === "callback" && others.some(({ calls = [] }) => calls.some((each) => each.connectedTime));
}
