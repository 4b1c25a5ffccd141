import type { CobrowsePart } from "../conversations/companions/model.ts";
import type { CompanionNote } from "../conversations/companions/service.ts";
import type { CobrowseSession } from "./model.ts";

/** What the conversation's document tells of a session: a part of the agent's, who views, and one of the customer's, who shares. */
export function notesOf(session: CobrowseSession, viewerUrl: string, now: Date, connectedAt?: Date): CompanionNote[] {
	const { id, agentParticipantId, customerParticipantId } = session;
	const common = {
		state: stateOf(session),
		initialState: "offering",
		provider: "Inlay",
		cobrowseSessionId: id,
		controlling: session.state === "controlling" ? [agentParticipantId] : [],
		...(connectedAt ? { connectedTime: connectedAt.toISOString() } : {}),
		...(session.endedAt ? { disconnectedTime: now.toISOString(), disconnectType: disconnectOf(session) } : {}),
		afterCallWorkRequired: false,
	} as const;
	const viewer: CobrowsePart = { ...common, id: `${id}-viewer`, cobrowseRole: "viewer", viewerUrl };
	const sharer: CobrowsePart = { ...common, id: `${id}-sharer`, cobrowseRole: "sharer" };
	return [
		{ participantId: agentParticipantId, list: "cobrowsesessions", part: viewer },
		{ participantId: customerParticipantId, list: "cobrowsesessions", part: sharer },
	];
}

/** In the platform's words. */
function stateOf({ state }: CobrowseSession): CobrowsePart["state"] {
	if (state === "offered") return "offering";
	if (state === "accepted" || state === "connecting") return "contacting";
	return state === "ended" ? "disconnected" : "connected";
}

function disconnectOf({ endedBy, endedWhy }: CobrowseSession): NonNullable<CobrowsePart["disconnectType"]> {
	if (endedWhy === "left") return "transport.failure";
	if (endedBy === "customer") return "peer";
	return endedBy === "agent" ? "client" : "system";
}
