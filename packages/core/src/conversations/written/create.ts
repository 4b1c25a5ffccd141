import { limitsOf } from "../call/rules/model.ts";
import type { MediumParts } from "../medium.ts";
import type { Conversation, ConversationInternals } from "../model.ts";
import { stamp, type TransitionContext } from "../transitions/context.ts";
import { newParty } from "../transitions/parties.ts";
import { keepTimeLines } from "../transitions/segments.ts";

export interface NewWritten {
	/** Where the customer writes from, and where to. */
	their: string;
	our: string;
	/** Who writes first: the customer, or one of ours. */
	direction: "inbound" | "outbound";
	provider: string;
	/** The customer's. */
	name?: string;
	externalContactId?: string;
	divisionId: string;
	/** What scripts find as attributes of the customer. */
	attributes?: Record<string, string>;
	/** What the medium keeps of it. */
	internal: Partial<ConversationInternals>;
	/** What the medium's part of the customer has. */
	part: object;
}

/** A conversation in writing with its customer; who answers, or writes to them, comes next. */
export function written(wish: NewWritten, medium: MediumParts, context: TransitionContext): Conversation {
	const { their, our, direction, provider, name } = wish;
	const customer = newParty(
		{
			...{ purpose: "customer", state: "connected", acd: false, direction, provider, address: their },
			...(name ? { name } : {}),
			attributes: wish.attributes ?? {},
		},
		medium,
		context,
	);
	Object.assign(customer[medium.list]?.[0] ?? {}, wish.part);
	customer.ani = their;
	customer.dnis = our;
	if (wish.externalContactId) customer.externalContactId = wish.externalContactId;
	const conversation: Conversation = {
		id: context.newId(),
		startTime: stamp(context),
		address: their,
		...limitsOf(context),
		recordingState: "NONE",
		securePause: false,
		divisionId: wish.divisionId,
		recentTransfers: [],
		participants: [customer],
		internal: { medium: medium.list, direction, provider, priority: 0, ...wish.internal },
	};
	keepTimeLines(conversation, context);
	return conversation;
}
