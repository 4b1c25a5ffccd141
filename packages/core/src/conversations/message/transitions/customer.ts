import type { Conversation, Participant } from "../../model.ts";
import { isOutside } from "../../model.ts";
import { stamp, type TransitionContext } from "../../transitions/context.ts";
import { newParty } from "../../transitions/parties.ts";
import { livingCustomer } from "../../written/parties.ts";
import { messageParts, messagesOf } from "../model.ts";

/** The customer takes part: in an exchange that had ended they come again, as who they were. */
export function bringCustomer(draft: Conversation, context: TransitionContext): Participant {
	const there = livingCustomer(draft);
	if (there) return there;
	const before = draft.participants.findLast(isOutside);
	if (!before) throw new Error(`The exchange ${draft.id} has no customer.`);
	const customer = newParty(
		{
			purpose: "customer",
			state: "connected",
			direction: "inbound",
			acd: false,
			provider: draft.internal.provider,
			...(before.name ? { name: before.name } : {}),
			attributes: { ...before.attributes },
			line: before,
		},
		messageParts,
		context,
	);
	const { type, fromAddress, toAddress } = messagesOf(before);
	Object.assign(messagesOf(customer), { type, fromAddress, toAddress });
	if (before.externalContactId) customer.externalContactId = before.externalContactId;
	const { ownNames, isNobodyKnown } = before.internal;
	Object.assign(customer.internal, ownNames ? { ownNames } : {}, isNobodyKnown ? { isNobodyKnown } : {});
	customer.connectedTime = stamp(context);
	draft.participants.push(customer);
	draft.endTime = undefined;
	return customer;
}
