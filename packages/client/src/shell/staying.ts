import type { LiveInteraction } from "../session/interaction.ts";
import { displayAddress, partyIsLive } from "../session/participants.ts";
import type { WireParticipant } from "../session/wire.ts";

/** The others of a call of several, as whoever leaves it has to know them. */
export interface Others {
	names: string[];
	/** A colleague is among them: they go on when the agent leaves. */
	stay: boolean;
	/** … of whom nobody has answered yet. */
	called?: string;
	/** What becomes of the one who is then left, if nobody answers; absent while several are left, who go on together. */
	unanswered?: "queue" | "ends";
}

/** Undefined while nobody else, or one alone, is in the call: it ends as the agent leaves. */
export function othersIn({ media, participantId, source, worksForQueue }: LiveInteraction): Others | undefined {
	if (media !== "call") return undefined;
	const own = source.participants?.find(({ id }) => id === participantId);
	const others = (source.participants ?? []).filter(
		(each) => each !== own && each.purpose !== "acd" && partyIsLive(each),
	);
	if (others.length < 2) return undefined;
	const colleagues = others.filter(isStaff);
	const [called] = colleagues.some(isTalking) ? [] : colleagues;
	const told: Others = { names: others.map(nameOf), stay: colleagues.length > 0 };
	if (!called) return told;
	const isOneLeft = others.length === 2;
	return { ...told, called: nameOf(called), ...(isOneLeft ? { unanswered: worksForQueue ? "queue" : "ends" } : {}) };
}

function isStaff({ purpose }: WireParticipant): boolean {
	return purpose === "agent" || purpose === "user";
}

function isTalking({ calls }: WireParticipant): boolean {
	return calls?.at(-1)?.state === "connected";
}

function nameOf({ name, address }: WireParticipant): string {
	return name || displayAddress(address);
}
