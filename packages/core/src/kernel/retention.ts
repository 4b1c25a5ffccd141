import type { Kernel } from "./domain.ts";

const kind = "event-log.prune";
const dayMs = 24 * 3_600_000;
/** Longer than a channel lives (24 h, platform-api 5.1), so that whoever comes back finds what they have missed. */
const keepDays = 7;

/** Forgets old entries of the event log, once a day. */
export async function keepEventLogShort(kernel: Kernel): Promise<void> {
	const next = () => new Date(kernel.clock.now().getTime() + dayMs);
	kernel.jobs.handle(kind, async (trx) => {
		await kernel.events.prune(new Date(kernel.clock.now().getTime() - keepDays * dayMs));
		await kernel.jobs.schedule(trx, { kind, key: "daily", runAt: next() });
	});
	await kernel.database.change((trx) => kernel.jobs.schedule(trx, { kind, key: "daily", runAt: next() }));
}
