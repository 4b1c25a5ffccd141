import type { Trx } from "../kernel/database/database.ts";
import { afterCallJob, alertingJob, dueJob, optionalWorkJob, type PartyJob } from "./effects.ts";
import type { Frame } from "./frame.ts";
import { mediaIn } from "./media.ts";
import { type Conversation, findParticipant, isOptionalWork, isOutside, mediumOfPart } from "./model.ts";
import type { Command } from "./transitions/transition.ts";

/** Whoever is in the call of a callback alone has left that call alone. */
function withinOf(conversation: Conversation, participantId: string): Pick<Command, "within"> {
	const party = findParticipant(conversation, participantId);
	return party && isOutside(party) ? { within: mediumOfPart(party) } : {};
}

/** Ends what rings and after-call work whose time is over. */
export function followTimers({ kernel, deps, store, changes }: Frame): void {
	kernel.jobs.handle(alertingJob, (trx, payload) => timeOver(trx, payload as PartyJob, "alerting.over"), {
		waitsOutages: true,
	});
	kernel.jobs.handle(dueJob, (trx, payload) => timeOver(trx, payload as PartyJob, "due"));
	kernel.jobs.handle(afterCallJob, (trx, payload) => timeOver(trx, payload as PartyJob, "acw.over"));
	kernel.jobs.handle(optionalWorkJob, (trx, payload) => leaveWork(trx, (payload as { userId: string }).userId));

	/** One conversation in each transaction: users are held after conversations, never before another one. */
	async function leaveWork(trx: Trx, userId: string): Promise<void> {
		const open = (await store.liveForUser(userId, trx)).flatMap(({ id, participants }) =>
			participants
				.filter((one) => one.userId === userId && isOptionalWork(one))
				.map((one) => ({ conversationId: id, participantId: one.id })),
		);
		const [first, ...others] = open;
		if (!first) return;
		if (others.length > 0)
			await kernel.jobs.schedule(trx, {
				kind: optionalWorkJob,
				key: userId,
				runAt: kernel.clock.now(),
				payload: { userId },
			});
		const { conversationId, participantId } = first;
		await changes.apply(trx, { conversationId, commands: () => [{ type: "acw.left", participantId }] });
	}

	async function timeOver(
		trx: Trx,
		{ conversationId, participantId }: PartyJob,
		type: "alerting.over" | "acw.over" | "due",
	): Promise<void> {
		// A conversation that was removed meanwhile needs no timer; failing would only bring the job back.
		const conversation = await store.get(conversationId, trx);
		if (!conversation) return;
		if (type === "alerting.over" && deps.phones.isAnswering(participantId)) {
			await changes.apply(trx, { conversationId, commands: () => [{ type: "alerting.answered", participantId }] });
			return;
		}
		const lines =
			type === "alerting.over"
				? { everybody: true, userIds: mediaIn(conversation).flatMap((one) => one.toRing?.(conversation) ?? []) }
				: {};
		const commands = (now: Conversation): Command[] => [{ type, participantId, ...withinOf(now, participantId) }];
		await changes.apply(trx, { conversationId, commands, lines });
	}
}
