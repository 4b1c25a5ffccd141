import type { MetricFacts } from "../conversations/ports.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { fillDetails } from "./details/fill-store.ts";
import { factStore } from "./store.ts";

/** How long facts are kept (agent-features 14), days. */
const keptDays = 400;
const dayMs = 24 * 3_600_000;
const pruneJob = "analytics.prune";
/** Rows at once: a pruning holds nothing that others wait for, and ends. */
const prunedAtOnce = 20_000;

/**
 * The facts that statistics are made of, each written in the commit of the change that made it final
 * (docs/decisions/0029-metric-facts.md). Whoever asks for numbers adds them up.
 */
export function createMetricFacts({
	database,
	jobs,
	clock,
}: Pick<Kernel, "database" | "jobs" | "clock">): MetricFacts & { start(): Promise<void> } {
	async function prune(trx: Trx): Promise<void> {
		const before = new Date(clock.now().getTime() - keptDays * dayMs);
		const gone = await factStore.forget(trx, before, prunedAtOnce);
		await schedulePrune(trx, gone < prunedAtOnce ? dayMs : 0);
	}

	function schedulePrune(trx: Trx, inMs: number): Promise<void> {
		return jobs.schedule(trx, { kind: pruneJob, key: "all", runAt: new Date(clock.now().getTime() + inMs) });
	}

	jobs.handle(pruneJob, prune);
	fillDetails({ jobs, clock });

	return { add: factStore.add, start: () => database.change((trx) => schedulePrune(trx, 3_600_000)) };
}
