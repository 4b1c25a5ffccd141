import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import type { createChanges } from "./changes.ts";
import type { UserDirectory } from "./ports.ts";
import type { ConversationStore } from "./store.ts";

/** Takes a user out of one conversation. */
const endedUserJob = "conversations.ended-user";
/** Looks for conversations that the user was brought into meanwhile. */
const endedUserLook = "conversations.ended-user.look";

interface EndedUser {
	userId: string;
	/** Who ended the user. */
	actor: Actor;
}

interface EndedUserJob extends EndedUser {
	conversationId: string;
}

/** Requests that have found the user active are over by then, ms. */
const lookAgainMs = 5_000;

interface Deps {
	users: UserDirectory;
	store: ConversationStore;
	changes: ReturnType<typeof createChanges>;
}

/**
 * A user who is deactivated or deleted leaves all calls at once: their legs end, whom they rang for rings the next one. The
 * orders are jobs, given in the transaction that ends the user, so a crash forgets none. What reaches the user at that very
 * moment (a transfer that has just found them active) is found by a second look.
 */
export function followEndedUsers(kernel: Kernel, { users, store, changes }: Deps): void {
	async function orderAll(trx: Trx, userId: string, actor: Actor): Promise<void> {
		const jobs = (await store.liveForUser(userId, trx)).map(({ id: conversationId }) => ({
			kind: endedUserJob,
			key: `${userId} ${conversationId}`,
			runAt: kernel.clock.now(),
			payload: { userId, conversationId, actor } satisfies EndedUserJob,
		}));
		await kernel.jobs.scheduleAll(trx, jobs);
	}

	async function isEnded(trx: Trx, userId: string): Promise<boolean> {
		const [user] = await users.find([userId], trx);
		return user?.state !== "active";
	}

	kernel.jobs.handle(endedUserJob, async (trx, payload) => {
		const { userId, conversationId, actor } = payload as EndedUserJob;
		if (!(await store.get(conversationId, trx))) return;
		const commands = () => [{ type: "user.ended" as const, userId }];
		await changes.apply(trx, { conversationId, commands, lines: { everybody: true } }, actor);
	});
	kernel.jobs.handle(endedUserLook, async (trx, payload) => {
		const { userId, actor } = payload as EndedUser;
		if (await isEnded(trx, userId)) await orderAll(trx, userId, actor);
	});

	users.onEnded(async (trx, userId, actor) => {
		await orderAll(trx, userId, actor);
		const runAt = new Date(kernel.clock.now().getTime() + lookAgainMs);
		await kernel.jobs.schedule(trx, { kind: endedUserLook, key: userId, runAt, payload: { userId, actor } });
		return () => {};
	});
}
