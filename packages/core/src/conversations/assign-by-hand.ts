import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { requireAssign, requireUserToAssign } from "./authority.ts";
import type { ConversationDeps } from "./frame.ts";
import { mediumOf } from "./media.ts";
import { type Conversation, mediumOfWhole, waitingAcd } from "./model.ts";
import type { QueueDirectory, RoutingStatuses, UserDirectory } from "./ports.ts";
import { illegalState } from "./refusals.ts";
import type { AgentOffer, Controller } from "./service.ts";
import type { ConversationStore } from "./store.ts";
import { type createTargets, requireActive } from "./targets.ts";

interface Deps {
	store: ConversationStore;
	routingStatus: RoutingStatuses;
	users: UserDirectory;
	queues: QueueDirectory;
	targets: ReturnType<typeof createTargets>;
	capacityOf?: ConversationDeps["capacityOf"];
	assignAgents(trx: Trx, offers: readonly AgentOffer[]): Promise<Conversation[]>;
}

/** Pulling from a queue and assigning by a supervisor, beside automatic assignment and never against it (platform-api 5.3). */
export function createAssignmentByHand(kernel: Kernel, deps: Deps) {
	/** Holds the user's line, the conversation, then the user's row, in the server's lock order, so that assignment cannot come between. */
	async function held(trx: Trx, conversationId: string, userId: string): Promise<Conversation> {
		const { held } = await deps.store.hold(trx, [conversationId], { userIds: [userId] });
		const conversation = held.get(conversationId);
		if (!conversation) throw notFound("conversation", conversationId);
		await deps.routingStatus.lock(trx, userId);
		return conversation;
	}

	return {
		async assign(conversationId: string, userId: string, by: Controller): Promise<Conversation> {
			const known = await deps.store.get(conversationId);
			if (!known) throw notFound("conversation", conversationId);
			// Before anything is told of the user's phone, and again when the conversation is held.
			requireAssign(known, userId, by);
			requireUserToAssign(known, await deps.targets.user(userId, "id"), by);
			if (mediumOf(known).needsPhone) await deps.targets.reachableUser(userId, "id");
			const mayTake = await deps.capacityOf?.(userId);
			return kernel.database.change(async (trx) => {
				const conversation = await held(trx, conversationId, userId);
				requireAssign(conversation, userId, by);
				const queueId = waitingAcd(conversation)?.queueId;
				if (!queueId) throw illegalState("The conversation waits in no queue.");
				// Whoever is ended meanwhile had their row held until now.
				const [user] = await deps.users.find([userId], trx);
				if (user) requireActive(user, "id");
				// What the user owes here is no hindrance: who has handed a call over may take it back (agent-features 0.1).
				const isFree = mayTake
					? await mayTake(trx, { ...conversation, medium: mediumOfWhole(conversation) })
					: !(await deps.store.hasWork(trx, userId, conversationId));
				if (!isFree) throw badField("id", "The user has as much in hand as they take at a time.");
				const timeoutSeconds = (await deps.queues.get(queueId, trx))?.alertingTimeoutSeconds ?? 15;
				const [assigned] = await deps.assignAgents(trx, [{ conversationId, queueId, userId, timeoutSeconds }]);
				return assigned as Conversation;
			});
		},
	};
}
