import type { Frame } from "../frame.ts";
import { contactsOfPastJob, findByContacts } from "./store.ts";

/** Conversations of before are found by their contacts, too: a few in each change, so that nothing else waits for it. */
export function followPastContacts({ kernel }: Pick<Frame, "kernel">): void {
	kernel.jobs.handle(contactsOfPastJob, async (trx, payload) => {
		const { after = "" } = payload as { after?: string };
		const last = await findByContacts(trx, after);
		if (last === undefined) return;
		const runAt = kernel.clock.now();
		await kernel.jobs.schedule(trx, { kind: contactsOfPastJob, key: "", runAt, payload: { after: last } });
	});
}
