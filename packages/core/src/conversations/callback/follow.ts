import type { Trx } from "../../kernel/database/database.ts";
import type { Frame } from "../frame.ts";
import type { Conversation } from "../model.ts";
import type { Command } from "../transitions/transition.ts";
import { callbackWarning } from "./events.ts";
import { agentOf, callbackOf, callbackParts, customerOf, factsOf } from "./model.ts";
import { autoDialJob, autoEndJob, callbackWarningJob, warningOf } from "./timers.ts";

/** What follows of callbacks by time. */
export function followCallbackTimes({ kernel, deps, store, changes, targets }: Frame): void {
	const provider = deps.outboundProvider ?? "Inlay Voice";
	const held = (trx: Trx, payload: unknown) => store.get((payload as { conversationId: string }).conversationId, trx);

	kernel.jobs.handle(callbackWarningJob, async (trx, payload) => {
		const conversation = await held(trx, payload);
		const warning = conversation && warningOf(conversation);
		if (conversation && warning) await kernel.events.append(trx, [callbackWarning(conversation, warning)]);
	});

	/** The first number is called as if the agent had asked for it, if their phone is there; else that stays theirs to do. */
	kernel.jobs.handle(autoDialJob, async (trx, payload) => {
		const conversation = await held(trx, payload);
		const agent = conversation && agentOf(conversation);
		const number = conversation && callbackOf(customerOf(conversation)).callbackNumbers[0];
		if (!conversation || !agent?.userId || !number || !deps.phones.isReachable(agent.userId)) return;
		const { address, digitsAfter } = await targets.outside(number, "callNumber");
		const { name } = customerOf(conversation);
		const target = {
			...{ kind: "outside" as const, purpose: "customer" as const, address },
			...(digitsAfter ? { digitsAfter } : {}),
			...(name ? { name } : {}),
		};
		const commands = (now: Conversation): Command[] =>
			factsOf(now).dialsAt && agentOf(now)?.id === agent.id
				? [{ type: "callback.call", participantId: agent.id, target, provider, within: callbackParts.list }]
				: [];
		await changes.apply(trx, { conversationId: conversation.id, commands, lines: { everybody: true } });
	});

	kernel.jobs.handle(autoEndJob, async (trx, payload) => {
		const conversation = await held(trx, payload);
		if (!conversation) return;
		const commands = (now: Conversation): Command[] => (factsOf(now).endsAt ? [{ type: "callback.end" }] : []);
		await changes.apply(trx, { conversationId: conversation.id, commands, lines: { everybody: true } });
	});
}
