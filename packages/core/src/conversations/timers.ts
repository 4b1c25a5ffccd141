import type { Trx } from "../kernel/database/database.ts";
import { afterCallJob, alertingJob, dueJob, type PartyJob } from "./effects.ts";
import type { Frame } from "./frame.ts";

/** Ends what rings and after-call work whose time is over. */
export function followTimers({ kernel, deps, store, changes }: Frame): void {
	kernel.jobs.handle(alertingJob, (trx, payload) => timeOver(trx, payload as PartyJob, "alerting.over"));
	kernel.jobs.handle(dueJob, (trx, payload) => timeOver(trx, payload as PartyJob, "due"));
	kernel.jobs.handle(afterCallJob, (trx, payload) => timeOver(trx, payload as PartyJob, "acw.over"));

	async function timeOver(
		trx: Trx,
		{ conversationId, participantId }: PartyJob,
		type: "alerting.over" | "acw.over" | "due",
	): Promise<void> {
		// A conversation that was removed meanwhile needs no timer; failing would only bring the job back.
		if (!(await store.get(conversationId, trx))) return;
		if (type === "alerting.over" && deps.phones.isAnswering(participantId)) {
			await changes.apply(trx, { conversationId, commands: () => [{ type: "alerting.answered", participantId }] });
			return;
		}
		const lines = type === "alerting.over" ? { everybody: true } : {};
		await changes.apply(trx, { conversationId, commands: () => [{ type, participantId }], lines });
	}
}
