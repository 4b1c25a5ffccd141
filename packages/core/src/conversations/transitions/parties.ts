import { type Address, addressOf, type Communication, type CommunicationState } from "../communication.ts";
import type { Communications } from "../media.ts";
import type { MediumParts } from "../medium.ts";
import {
	type Conversation,
	communicationOf,
	named,
	type Participant,
	type Purpose,
	type QueueFacts,
} from "../model.ts";
import { stamp, type TransitionContext } from "./context.ts";

/** What makes a new party; the rest has the values with which every communication starts. */
export interface NewParty {
	purpose: Purpose;
	state: CommunicationState;
	direction: "inbound" | "outbound";
	acd: boolean;
	provider: string;
	name?: string;
	userId?: string;
	/** Where the user is. */
	divisionId?: string | undefined;
	queue?: QueueFacts;
	address?: string;
	other?: Address;
	attributes?: Record<string, string>;
	/** Whose call it is: the caller's number and the one that was called stand with everybody whom it reaches. */
	line?: Participant | undefined;
}

/** A party with its communication, not yet in a conversation. */
export function newParty(party: NewParty, medium: MediumParts, context: TransitionContext): Participant {
	const at = stamp(context);
	return {
		id: context.newId(),
		purpose: party.purpose,
		...(party.name ? { name: party.name } : {}),
		startTime: at,
		...(party.state === "connected" ? { connectedTime: at } : {}),
		...(party.userId ? { userId: party.userId } : {}),
		...(party.queue ? { queueId: party.queue.id, queueName: party.queue.name } : {}),
		...((party.address ?? party.line?.address) ? { address: party.address ?? party.line?.address } : {}),
		...wrapupSettings(party),
		mediaRoles: ["full"],
		attributes: party.attributes ?? {},
		...(party.line?.ani ? { ani: party.line.ani } : {}),
		...(party.line?.aniName ? { aniName: party.line.aniName } : {}),
		...(party.line?.dnis ? { dnis: party.line.dnis } : {}),
		...communications(party, medium, context),
		internal: {
			acd: party.acd,
			...named(medium.list),
			...divisionsOf(party),
		},
	};
}

function communications(party: NewParty, medium: MediumParts, context: TransitionContext): Communications {
	// What a medium adds, it adds for its own list.
	return { [medium.list]: [newCommunication(party, medium, context)] } as Communications;
}

function divisionsOf({ userId, divisionId, queue }: NewParty): Pick<Participant["internal"], "divisions"> {
	const divisions = {
		...(queue?.divisionId ? { queue: queue.divisionId } : {}),
		...(userId && divisionId ? { user: divisionId } : {}),
	};
	return Object.keys(divisions).length > 0 ? { divisions } : {};
}

/** Only agents wrap up, by the settings of the queue for which they work. */
function wrapupSettings(party: NewParty): Pick<Participant, "wrapupRequired" | "wrapupPrompt" | "wrapupTimeoutMs"> {
	if (party.purpose !== "agent" || !party.queue) return { wrapupRequired: false };
	const { wrapupPrompt, wrapupTimeoutMs } = party.queue;
	return {
		wrapupRequired: isWrapupRequired(wrapupPrompt),
		wrapupPrompt,
		...(wrapupTimeoutMs === undefined ? {} : { wrapupTimeoutMs }),
	};
}

/** After-call work begins by itself with these prompts; with the others the agent is free at once. */
export function isWrapupRequired(prompt: QueueFacts["wrapupPrompt"]): boolean {
	return prompt === "mandatory" || prompt === "timeout" || prompt === "forcedTimeout";
}

/** A user takes over a customer for whom a queue is responsible: from now on they work, and wrap up, for it. */
export function workForQueue(participant: Participant, queue: QueueFacts): void {
	const { wrapupPrompt, wrapupTimeoutMs, callSettings } = queue;
	const required = isWrapupRequired(wrapupPrompt);
	participant.purpose = "agent";
	participant.queueId = queue.id;
	participant.queueName = queue.name;
	participant.wrapupRequired = required;
	participant.wrapupPrompt = wrapupPrompt;
	if (wrapupTimeoutMs !== undefined) participant.wrapupTimeoutMs = wrapupTimeoutMs;
	participant.internal.acd = true;
	if (queue.divisionId) participant.internal.divisions = { ...participant.internal.divisions, queue: queue.divisionId };
	const communication = communicationOf(participant);
	communication.afterCallWorkRequired = required;
	if (callSettings) communication.queueMediaSettings = callSettings;
}

/** A communication of its own, as a party begins with. */
export function newCommunication(party: NewParty, medium: MediumParts, context: TransitionContext): Communication {
	const at = stamp(context);
	return {
		id: context.newId(),
		state: party.state,
		initialState: party.state,
		direction: party.direction,
		held: false,
		...(party.state === "alerting" ? { startAlertingTime: at } : {}),
		...(party.state === "connected" ? { connectedTime: at } : {}),
		provider: party.provider,
		...medium.fresh({
			name: party.name,
			address: party.address,
			other: party.other,
			outside: party.line && communicationOf(party.line),
		}),
		...(party.queue?.callSettings ? { queueMediaSettings: party.queue.callSettings } : {}),
		afterCallWorkRequired:
			party.purpose === "agent" && party.queue !== undefined && isWrapupRequired(party.queue.wrapupPrompt),
	};
}

/** The outside party, whose numbers a call has. */
export function outsideParty(conversation: Conversation): Participant | undefined {
	// Who is called for a colleague, where their calls go, stands for the colleague.
	return conversation.participants.find(
		(one) => (one.purpose === "customer" || one.purpose === "external") && !one.internal.forwardLeg,
	);
}

/** The outside party's address, as the organization's people see whom they talk to. */
export function outsideAddress(conversation: Conversation): Address {
	const outside = outsideParty(conversation);
	return outside ? addressOf(outside.name, outside.address) : {};
}
