import type { Kernel } from "../kernel/domain.ts";
import { inSteps, keepShort } from "../kernel/time/pruning.ts";
import type { Audit } from "./audit.ts";
import { pruneEntries } from "./store.ts";

const dayMs = 24 * 3_600_000;
/** Entries removed at once, and a pause between: a year's entries that have to go hold nobody up. */
const batch = 500;
const pauseMs = 50;

/** Removes what is older than the organization keeps, in small steps. @returns how many */
export async function pruneAudit(
	{ database, clock }: Pick<Kernel, "database" | "clock">,
	audit: Pick<Audit, "settings">,
	signal?: AbortSignal,
): Promise<number> {
	const { retentionDays } = await audit.settings();
	const before = new Date(clock.now().getTime() - retentionDays * dayMs);
	const step = async () => {
		const removed = await pruneEntries(database.db, before, batch);
		return { removed, done: removed < batch };
	};
	return inSteps(step, { pauseMs, signal });
}

/** Forgets old entries from now on. @returns ends it */
export function keepAuditShort(kernel: Kernel, audit: Pick<Audit, "settings">): () => Promise<void> {
	return keepShort(kernel, {
		...{ what: "old audit entries", firstAfterMs: 60_000, everyMs: 3_600_000 },
		prune: (signal) => pruneAudit(kernel, audit, signal),
	});
}
