import type { Trx } from "../../kernel/database/database.ts";
import type { Actor } from "../../kernel/events/event-log.ts";
import type { Frame } from "../frame.ts";
import { factsOf } from "./model.ts";
import { type CallbackStore, callbackStore } from "./store.ts";

/** Looks whether a user can still be offered the callbacks that wait for them alone; its key begins with their id. */
export const lostOwnerJob = "conversations.callback.lost-owner";
/** Requests that have found the user in the queue are over by then, ms. */
const lookAgainMs = 5_000;

interface LostOwner {
	userId: string;
	/** Who ended the user, or took them out of a queue. */
	actor?: Actor;
}

/**
 * A callback is kept for its owner as long as they can be offered it. Whoever is deactivated, deleted or taken out of the
 * queue owns it no longer: it is everybody's (agent-features 3 "agent deactivated: owner cleared"), and its people are told.
 * The order is a job, given in the transaction that takes the owner away. One that is agreed upon at that very moment is
 * found by a second look.
 */
export function followLostOwners({ kernel, deps, changes }: Frame): void {
	const own: CallbackStore = deps.callbackStore ?? callbackStore(kernel.database.db);

	async function order(trx: Trx, payload: LostOwner): Promise<void> {
		const now = kernel.clock.now().getTime();
		const job = { kind: lostOwnerJob, payload };
		await kernel.jobs.scheduleAll(trx, [
			{ ...job, key: payload.userId, runAt: new Date(now) },
			{ ...job, key: `${payload.userId} again`, runAt: new Date(now + lookAgainMs) },
		]);
	}

	/** The queues whose work the user may be offered. */
	async function queuesOf(trx: Trx, userId: string): Promise<ReadonlySet<string>> {
		const [user] = await deps.users.find([userId], trx);
		if (!user || (user.state !== undefined && user.state !== "active")) return new Set();
		return new Set((await deps.queues.queuesOfUser(userId)).map((one) => one.id));
	}

	/** One in each transaction: users are held after conversations, never before another one. */
	kernel.jobs.handle(lostOwnerJob, async (trx, payload) => {
		const { userId, actor } = payload as LostOwner;
		const owned = await own.ownedBy(userId, trx);
		if (owned.length === 0) return;
		const theirs = await queuesOf(trx, userId);
		const [lost, ...others] = owned.filter((one) => !theirs.has(factsOf(one).queue.id));
		if (!lost) return;
		if (others.length > 0) {
			const runAt = kernel.clock.now();
			await kernel.jobs.schedule(trx, { kind: lostOwnerJob, key: userId, runAt, payload: { userId, actor } });
		}
		const commands = () => [{ type: "callback.release" as const, userId }];
		await changes.apply(trx, { conversationId: lost.id, commands }, actor);
	});

	deps.users.onEnded(async (trx, userId, actor) => {
		await order(trx, { userId, actor });
		return () => {};
	});
	deps.queues.onLeft?.((trx, userId, actor) => order(trx, { userId, actor }));
}
