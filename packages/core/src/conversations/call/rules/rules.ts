import { Remembered } from "../../../kernel/database/remembered.ts";
import type { Kernel } from "../../../kernel/domain.ts";
import type { Actor } from "../../../kernel/events/event-log.ts";
import { versionConflict } from "../../../kernel/http/api-error.ts";
import "../../tables.ts";
import { callRulesChanged, callRulesChangedType } from "./events.ts";
import { type CallRules, defaultCallRules } from "./model.ts";

export interface VersionedCallRules extends CallRules {
	version: number;
}

/** What holds for every call of the organization: kept, changed, and known to every call. */
export function createCallRules({ database, events, feed }: Pick<Kernel, "database" | "events" | "feed">) {
	async function read(): Promise<VersionedCallRules> {
		const row = await database.db.selectFrom("call_rules").selectAll().where("id", "=", 1).executeTakeFirstOrThrow();
		return { ...defaultCallRules, ...row.rules, version: row.version };
	}

	const known = new Remembered(read, feed, [callRulesChangedType]);
	let latest: CallRules = defaultCallRules;

	return {
		/** As it stands now. */
		read,

		/** As last read; read anew after each change, so that calls follow it with their next one. */
		current(): CallRules {
			latest = known.peek() ?? latest;
			known.get().catch(() => {});
			return latest;
		},

		/** Before the first call: it would go by what nobody has said. */
		async load(): Promise<void> {
			latest = await known.get();
		},

		/** What is absent stays. @param seen the version that the change is based on @throws ApiError 409 `version.conflict` */
		async change(changes: Partial<CallRules>, seen: number | undefined, actor: Actor): Promise<VersionedCallRules> {
			await database.change(async (trx) => {
				const row = await trx
					.selectFrom("call_rules")
					.selectAll()
					.where("id", "=", 1)
					.forUpdate()
					.executeTakeFirstOrThrow();
				if (seen !== undefined && seen !== row.version) throw versionConflict("calls", "rules", seen, row.version);
				await trx
					.updateTable("call_rules")
					.set({ version: row.version + 1, rules: JSON.stringify({ ...row.rules, ...changes }) as never })
					.where("id", "=", 1)
					.execute();
				await events.append(trx, [callRulesChanged(actor)]);
			});
			known.forget();
			return read();
		},
	};
}

export type CallRulesService = ReturnType<typeof createCallRules>;
