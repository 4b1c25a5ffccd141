import { setTimeout as pause } from "node:timers/promises";
import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Audit } from "./audit.ts";
import { pruneEntries } from "./store.ts";

const dayMs = 24 * 3_600_000;
const everyMs = 3_600_000;
/** A start has better things to do. */
const firstAfterMs = 60_000;
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
	let removed = 0;
	while (!signal?.aborted) {
		const gone = await pruneEntries(database.db, before, batch);
		removed += gone;
		if (gone < batch) break;
		await pause(pauseMs);
	}
	return removed;
}

/** Forgets old entries from now on. @returns ends it */
export function keepAuditShort(kernel: Kernel, audit: Pick<Audit, "settings">): () => Promise<void> {
	const stopped = new AbortController();
	let work: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout | undefined;
	const plan = (inMs: number) => {
		timer = setTimeout(() => {
			work = round();
		}, inMs).unref();
	};
	const round = async () => {
		try {
			await pruneAudit(kernel, audit, stopped.signal);
		} catch (error) {
			const level = isAway(error) ? "debug" : "warn";
			kernel.log[level]({ err: error }, "old audit entries could not be removed; trying again later");
		}
		if (!stopped.signal.aborted) plan(everyMs);
	};
	plan(firstAfterMs);
	return async () => {
		stopped.abort();
		clearTimeout(timer);
		await work;
	};
}
