import type { Kernel } from "./domain.ts";

const kind = "event-log.prune";
const dayMs = 24 * 3_600_000;
/** Longer than a channel lives (24 h, platform-api 5.1), so that whoever comes back finds what they have missed. */
const keepDays = 7;

/** Forgets old entries of the event log: now, and then once a day. */
export async function keepEventLogShort(kernel: Kernel): Promise<void> {
	const inMs = (ms: number) => new Date(kernel.clock.now().getTime() + ms);
	kernel.jobs.handle(kind, async (trx) => {
		await kernel.events.prune(inMs(-keepDays * dayMs));
		await kernel.jobs.schedule(trx, { kind, key: "daily", runAt: inMs(dayMs) });
	});
	await kernel.database.change((trx) => kernel.jobs.schedule(trx, { kind, key: "daily", runAt: inMs(0) }));
}
