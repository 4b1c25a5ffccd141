import { divisionMembershipsOf } from "../divisions.ts";
import { type Call, type Conversation, callOf, isLive, type Participant } from "../model.ts";
import { peerIdOf } from "./peers.ts";

/** `Conversation` of REST: the stored document without what is internal (platform-api Appendix A). */
export function restConversation(conversation: Conversation) {
	const { internal: _internal, divisionId: _began, participants, ...shown } = conversation;
	return {
		...shown,
		state: stateOf(conversation),
		divisions: divisionsOf(conversation),
		participants: participants.map((one) => restParticipant(conversation, one)),
		selfUri: `/api/v2/conversations/${conversation.id}`,
	};
}

/** The conversation as a whole counts as connected while anybody talks. */
function stateOf(conversation: Conversation): Call["state"] {
	if (conversation.endTime) return "disconnected";
	const states = conversation.participants.filter(isLive).map((one) => callOf(one).state);
	return states.find((state) => state === "connected") ?? states[0] ?? "disconnected";
}

/** `ConversationDivisionMembership`: the divisions, and by whom it belongs there. */
export function divisionsOf(conversation: Conversation) {
	return divisionMembershipsOf(conversation).map(({ divisionId, entities }) => ({
		division: { id: divisionId, selfUri: `/api/v2/authorization/divisions/${divisionId}` },
		entities: entities.map(({ kind, id }) => ({ id, selfUri: `${entityPaths[kind]}/${id}` })),
	}));
}

const entityPaths = { queue: "/api/v2/routing/queues", user: "/api/v2/users" };

function restParticipant(conversation: Conversation, participant: Participant) {
	const { internal: _internal, calls, conversationRoutingData, ...shown } = participant;
	return {
		...shown,
		participantType: participant.userId ? "Internal" : "External",
		...(participant.userId ? { userUri: `/api/v2/users/${participant.userId}` } : {}),
		...(conversationRoutingData ? { conversationRoutingData: routingDataOf(conversationRoutingData, restRef) } : {}),
		calls: calls.map((call) => shownCall(call, peerIdOf(conversation, participant))),
	};
}

const restRef = (kind: string) => (id: string) => ({ id, selfUri: `/api/v2/routing/${kind}/${id}` });

/** Routing data with references in the form that the reader expects. */
export function routingDataOf<Ref>(
	data: NonNullable<Participant["conversationRoutingData"]>,
	ref: (kind: string) => (id: string) => Ref,
) {
	return {
		queue: ref("queues")(data.queueId),
		priority: data.priority,
		skills: data.skillIds.map(ref("skills")),
		scoredAgents: [],
		...(data.languageId ? { language: ref("languages")(data.languageId) } : {}),
	};
}

/** A call as clients see it, with the recorders' state derived. */
export function shownCall(call: Call, peerId: string | undefined) {
	const { segments = [], ...shown } = call;
	return {
		...shown,
		...(peerId ? { peerId } : {}),
		// The platform's segments have an end: what the party does now shows when it is over.
		segments: segments.filter((segment) => segment.endTime !== undefined),
		recordersState: recordersStateOf(call),
	};
}

/** Only ad hoc recording exists here (platform-api 5.6). */
export function recordersStateOf(call: Call) {
	return {
		adhocState: call.recordingState,
		customerExperienceState: "none",
		agentExperienceState: "none",
		snippetState: "none",
	};
}
