import type { MoveObjects } from "../authorization/division-objects.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import type { DivisionDirectory } from "./ports.ts";

/** What moving a queue and moving a wrap-up code share. */
interface Movable {
	id: string;
	divisionId: string;
	version: number;
	dateModified: Date;
	modifiedBy?: string;
}

interface Handling<T extends Movable> {
	/** As the API names one of them. */
	entity: string;
	/** That changes one. */
	permission: string;
	lock(trx: Trx, id: string): Promise<T | undefined>;
	/** Keeps it, and says so. */
	save(trx: Trx, after: T, actor: Actor): Promise<void>;
	/** These are not as they are remembered any more. */
	moved(ids: readonly string[]): void;
}

/** Moves things of routing into a division, all of them or none, by who may change them there and where they were. */
export function createMoving<T extends Movable>(
	{ database, clock }: Kernel,
	{ divisions }: DivisionDirectory,
	{ entity, permission, lock, save, moved }: Handling<T>,
): MoveObjects {
	return async (by, ids, divisionId) => {
		const actor = actorOf(by);
		requireInDivision(by, [permission], divisionId);
		await database.change(async (trx) => {
			await divisions.requireStanding(trx, divisionId, "divisionId");
			for (const id of ids) {
				const before = await lock(trx, id);
				if (!before) throw notFound(entity, id);
				requireInDivision(by, [permission], before.divisionId);
				if (before.divisionId === divisionId) continue;
				const changed = { divisionId, version: before.version + 1, dateModified: clock.now() };
				const after = { ...before, ...changed, ...(actor.userId ? { modifiedBy: actor.userId } : {}) };
				await save(trx, after, actor);
			}
		});
		moved(ids);
	};
}
