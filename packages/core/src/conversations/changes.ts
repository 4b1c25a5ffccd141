import { randomUUID } from "node:crypto";
import { notFound } from "../kernel/api-error.ts";
import type { Trx } from "../kernel/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import { adjustTimers, adjustUsers, usersConcerned } from "./effects.ts";
import { conversationChanged } from "./events.ts";
import type { Conversation } from "./model.ts";
import type { RoutingStatuses } from "./ports.ts";
import type { Change, ConversationStore } from "./store.ts";
import type { TransitionContext } from "./transitions/context.ts";
import { type Command, transition } from "./transitions/transition.ts";

/** What is to be done to one conversation; several commands count as one change. */
export interface Order {
	conversationId: string;
	/** Chosen when the conversation is held, so that it can be checked first. */
	commands(conversation: Conversation): Command[];
}

/**
 * The only way in which conversations change: rows held, documents moved by pure transitions, then saved together with
 * timers, routing status and events. Lock order: conversations by id, then users by id (see routing-status.ts).
 */
export function createChanges(kernel: Kernel, deps: { store: ConversationStore; routingStatus: RoutingStatuses }) {
	function context(): TransitionContext {
		return { now: kernel.clock.now(), newId: randomUUID };
	}

	async function commit(trx: Trx, changes: readonly Change[], cause: string, actor?: Actor): Promise<void> {
		const real = changes.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
		if (real.length === 0) return;
		await deps.store.save(trx, real);
		await adjustTimers(trx, kernel.jobs, real);
		const events = real.map((change) => conversationChanged(change, usersConcerned(change), cause, actor));
		await kernel.events.append(trx, [...events, ...(await adjustUsers(trx, deps, real))]);
	}

	return {
		context,

		async add(trx: Trx, conversation: Conversation, cause: string, actor?: Actor): Promise<Conversation> {
			const after = plain(conversation);
			await commit(trx, [{ after }], cause, actor);
			return after;
		},

		/** @throws ApiError 404 `not.found`, and what the transitions refuse */
		async apply(trx: Trx, order: Order, actor?: Actor): Promise<Conversation> {
			const [after] = await this.applyAll(trx, [order], actor);
			return after as Conversation;
		},

		/** Several conversations in one go. */
		async applyAll(trx: Trx, orders: readonly Order[], actor?: Actor): Promise<Conversation[]> {
			const held = await deps.store.lock(
				trx,
				orders.map((one) => one.conversationId),
			);
			const causes = new Set<string>();
			const changes = orders.map((order) => {
				const before = held.get(order.conversationId);
				if (!before) throw notFound("conversation", order.conversationId);
				let after = before;
				for (const command of order.commands(before)) {
					causes.add(command.type);
					after = transition(after, command, context());
				}
				return { before, after: after === before ? before : plain(after) };
			});
			await commit(trx, changes, [...causes].join("+"), actor);
			return changes.map((one) => one.after);
		},
	};
}

/** As it is stored: without keys that are undefined. */
function plain(conversation: Conversation): Conversation {
	return JSON.parse(JSON.stringify(conversation)) as Conversation;
}
