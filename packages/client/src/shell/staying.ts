import { displayAddress, type LiveInteraction, partyIsLive } from "../session/interaction.ts";
import type { WireParticipant } from "../session/wire.ts";

/** The others of a call of several, as whoever leaves it has to know them. */
export interface Others {
	names: string[];
	/** A colleague is among them: they go on when the agent leaves. */
	stay: boolean;
	/** … of whom nobody has answered yet. */
	called?: string;
}

/** Undefined while nobody else, or one alone, is in the call: it ends as the agent leaves. */
export function othersIn({ media, participantId, source }: LiveInteraction): Others | undefined {
	if (media !== "call") return undefined;
	const own = source.participants?.find(({ id }) => id === participantId);
	const others = (source.participants ?? []).filter(
		(each) => each !== own && each.purpose !== "acd" && partyIsLive(each),
	);
	if (others.length < 2) return undefined;
	const colleagues = others.filter(isStaff);
	const [called] = colleagues.some(isTalking) ? [] : colleagues;
	return { names: others.map(nameOf), stay: colleagues.length > 0, ...(called ? { called: nameOf(called) } : {}) };
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
