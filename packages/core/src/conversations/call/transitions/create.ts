import type { RoutingRequest } from "../../../routing/offer-rules.ts";
import { addressOf } from "../../communication.ts";
import type { Conversation, NextStep, Participant, QueueFacts } from "../../model.ts";
import { stamp, type TransitionContext } from "../../transitions/context.ts";
import { newParty } from "../../transitions/parties.ts";
import { labelByQueue } from "../../transitions/queueing.ts";
import { keepTimeLines } from "../../transitions/segments.ts";
import { callOf, callParts, extendedAddress } from "../model.ts";
import { limitsOf } from "../rules/model.ts";

export interface NewInbound {
	customer: { name?: string; address?: string };
	dnis: string;
	divisionId: string;
	attributes?: Record<string, string>;
	provider: string;
	providerData?: Record<string, string>;
	priority?: number;
	routing?: RoutingRequest;
}

/** A call to a queue comes in. */
export function inboundConversation(
	call: NewInbound & { queue: QueueFacts },
	context: TransitionContext,
): Conversation {
	return inboundTo(call, { kind: "queue", queue: call.queue }, context);
}

/**
 * A call comes in: the customer's media is not up yet, so nobody is asked to answer.
 * @param next where it goes then
 */
export function inboundTo(call: NewInbound, next: NextStep, context: TransitionContext): Conversation {
	const customer = newParty(
		{
			purpose: "customer",
			state: "alerting",
			direction: "inbound",
			acd: false,
			provider: call.provider,
			...(call.customer.name ? { name: call.customer.name } : {}),
			...(call.customer.address ? { address: call.customer.address } : {}),
			other: addressOf(undefined, call.dnis),
			attributes: call.attributes ?? {},
		},
		callParts,
		context,
	);
	if (call.customer.address) customer.ani = call.customer.address;
	if (call.customer.name) customer.aniName = call.customer.name;
	customer.dnis = call.dnis;
	return conversationOf([customer], { ...call, direction: "inbound", next }, context);
}

export interface NewOutbound {
	caller: { userId: string; name: string; divisionId?: string };
	/** See `ConversationInternals.request`. */
	request?: string;
	/** On behalf of a queue: the caller is an agent. */
	fromQueue?: QueueFacts;
	next: NextStep;
	divisionId: string;
	provider: string;
	priority?: number;
	routing?: RoutingRequest;
	attributes?: Record<string, string>;
	callerId?: string;
	callerIdName?: string;
	uuiData?: string;
}

/** A user calls: first the user's own phone is connected, then the other party is called. */
export function outboundConversation(call: NewOutbound, context: TransitionContext): Conversation {
	const caller = newParty(
		{
			purpose: call.fromQueue ? "agent" : "user",
			state: "contacting",
			direction: "outbound",
			acd: call.fromQueue !== undefined,
			provider: call.provider,
			name: call.caller.name,
			userId: call.caller.userId,
			divisionId: call.caller.divisionId,
			...(call.fromQueue ? { queue: call.fromQueue } : {}),
			other: calledAddress(call.next),
			attributes: call.attributes ?? {},
		},
		callParts,
		context,
	);
	if (call.fromQueue)
		caller.conversationRoutingData = { queueId: call.fromQueue.id, priority: call.priority ?? 0, skillIds: [] };
	if (call.next.kind === "outside") caller.dnis = call.next.address;
	showCallerId(caller, call);
	const begun = conversationOf([caller], { ...call, direction: "outbound" }, context);
	if (call.fromQueue) labelByQueue(begun, call.fromQueue);
	return begun;
}

function showCallerId(caller: Participant, call: NewOutbound): void {
	if (call.callerId) caller.ani = call.callerId;
	if (call.callerIdName) caller.aniName = call.callerIdName;
	if (call.uuiData) callOf(caller).uuiData = call.uuiData;
}

function withExtension(address: ReturnType<typeof addressOf>, digitsAfter?: string): ReturnType<typeof addressOf> {
	const { addressDisplayable } = address;
	return addressDisplayable
		? { ...address, addressDisplayable: extendedAddress(addressDisplayable, digitsAfter) }
		: address;
}

function calledAddress(next: NextStep): ReturnType<typeof addressOf> {
	if (next.kind === "outside") return withExtension(addressOf(next.name, next.address), next.digitsAfter);
	if (next.kind === "voicemail") return addressOf(next.mailbox.name, undefined);
	if (next.kind === "group") return addressOf(next.group.name, undefined);
	return next.kind === "user" ? addressOf(next.name, undefined) : addressOf(next.queue.name, undefined);
}

interface Frame {
	divisionId: string;
	direction: "inbound" | "outbound";
	provider: string;
	providerData?: Record<string, string>;
	priority?: number;
	routing?: RoutingRequest;
	request?: string;
	next: NextStep;
}

function conversationOf(participants: Participant[], frame: Frame, context: TransitionContext): Conversation {
	const conversation: Conversation = {
		id: context.newId(),
		startTime: stamp(context),
		...(participants[0]?.address ? { address: participants[0].address } : {}),
		...limitsOf(context),
		recordingState: "NONE",
		securePause: false,
		divisionId: frame.divisionId,
		recentTransfers: [],
		participants,
		internal: {
			direction: frame.direction,
			provider: frame.provider,
			priority: frame.priority ?? 0,
			...(frame.routing ? { routing: frame.routing } : {}),
			next: frame.next,
			...(frame.request ? { request: frame.request } : {}),
			...(frame.providerData ? { providerData: frame.providerData } : {}),
		},
	};
	keepTimeLines(conversation, context);
	return conversation;
}
