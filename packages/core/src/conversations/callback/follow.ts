import type { Trx } from "../../kernel/database/database.ts";
import type { Frame } from "../frame.ts";
import type { Conversation } from "../model.ts";
import type { Command } from "../transitions/transition.ts";
import { callbackWarning } from "./events.ts";
import { agentOf, callbackOf, callbackParts, customerOf, factsOf } from "./model.ts";
import { autoDialJob, autoEndJob, callbackWarningJob, warningOf } from "./timers.ts";
import { dialableAgreed } from "./wishes.ts";

/** What follows of callbacks by time. */
export function followCallbackTimes({ kernel, deps, store, changes }: Frame): void {
	const provider = deps.outboundProvider ?? "Inlay Voice";
	const held = (trx: Trx, payload: unknown) => store.get((payload as { conversationId: string }).conversationId, trx);

	kernel.jobs.handle(callbackWarningJob, async (trx, payload) => {
		const conversation = await held(trx, payload);
		const warning = conversation && warningOf(conversation);
		if (conversation && warning) await kernel.events.append(trx, [callbackWarning(conversation, warning)]);
	});

	/** The first number is called as if the agent had asked for it; where that cannot be, it is theirs to call one. */
	kernel.jobs.handle(autoDialJob, async (trx, payload) => {
		const conversation = await held(trx, payload);
		const agent = conversation && agentOf(conversation);
		if (!conversation || !agent?.userId) return;
		const [number] = callbackOf(customerOf(conversation)).callbackNumbers;
		const address = number && dialableAgreed(number);
		const isReachable = deps.phones.isReachable(agent.userId);
		const { name } = customerOf(conversation);
		const target = { kind: "outside" as const, purpose: "customer" as const, address: address ?? "" };
		const command: Command =
			address && isReachable
				? {
						...{ type: "callback.call", participantId: agent.id, provider, within: callbackParts.list },
						target: { ...target, ...(name ? { name } : {}) },
						by: "timer",
					}
				: { type: "callback.notDialed", why: address ? "phone" : "number" };
		const commands = (now: Conversation): Command[] =>
			factsOf(now).dialsAt && agentOf(now)?.id === agent.id ? [command] : [];
		await changes.apply(trx, { conversationId: conversation.id, commands, lines: { everybody: true } });
	});

	kernel.jobs.handle(autoEndJob, async (trx, payload) => {
		const conversation = await held(trx, payload);
		if (!conversation) return;
		const commands = (now: Conversation): Command[] => (factsOf(now).endsAt ? [{ type: "callback.end" }] : []);
		await changes.apply(trx, { conversationId: conversation.id, commands, lines: { everybody: true } });
	});
}
