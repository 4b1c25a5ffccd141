import type { Authorization } from "../authorization/authorization.ts";
import { actorOfGiver } from "../authorization/judge.ts";
import type { Kernel } from "../kernel/domain.ts";
import { notFound } from "../kernel/http/api-error.ts";
import type { Principal } from "../kernel/principal.ts";
import { userChanged } from "./events.ts";
import type { UserStore } from "./store.ts";

/** What moving asks of the rest of its domain. */
interface Deps {
	store: UserStore;
	authorization: Pick<Authorization, "changeRights" | "judge" | "divisions">;
	/** These users are not as they are remembered any more. */
	moved(ids: readonly string[]): void;
}

/** As for changing a person in any other way. */
const editing = ["directory:user:edit", "directory:organization:admin"];

/**
 * Moves people into a division. Who administers it may then do with them what they may not where the people were, such as
 * setting their passwords: so nobody moves whoever is stronger than themselves.
 */
export function createMoving({ events }: Kernel, { store, authorization, moved }: Deps) {
	return async (by: Principal, ids: readonly string[], divisionId: string): Promise<void> => {
		await authorization.changeRights(by, async (trx) => {
			const judge = await authorization.judge(trx, by);
			await authorization.divisions.requireStanding(trx, divisionId, "divisionId");
			judge.holdsIn(editing, [divisionId]);
			for (const id of ids) {
				const before = await store.lock(trx, id);
				if (!before || before.state === "deleted") throw notFound("user", id);
				judge.holdsIn(editing, [before.divisionId]);
				if (before.divisionId === divisionId) continue;
				await judge.mayHandOver(id);
				const after = { ...before, divisionId, version: before.version + 1 };
				await store.update(trx, after);
				await events.append(trx, [userChanged(after, actorOfGiver(by))]);
			}
		});
		moved(ids);
	};
}
