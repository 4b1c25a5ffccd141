import { Remembered } from "../../../kernel/database/remembered.ts";
import { versionedSetting } from "../../../kernel/database/versioned-setting.ts";
import type { Kernel } from "../../../kernel/domain.ts";
import type { Actor } from "../../../kernel/events/event-log.ts";
import { callRulesChanged, callRulesChangedType } from "./events.ts";
import { type CallRules, defaultCallRules } from "./model.ts";

export interface VersionedCallRules extends CallRules {
	version: number;
}

const kept = versionedSetting<CallRules>({
	...{ table: "call_rules", column: "rules" },
	entity: { name: "calls", id: "rules" },
});

/** What holds for every call of the organization: kept, changed, and known to every call. */
export function createCallRules({ database, events, feed }: Pick<Kernel, "database" | "events" | "feed">) {
	async function read(): Promise<VersionedCallRules> {
		const { version, said } = await kept.read(database.db);
		return { ...defaultCallRules, ...said, version };
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
				await kept.change(trx, changes, seen);
				await events.append(trx, [callRulesChanged(actor)]);
			});
			known.forget();
			return read();
		},
	};
}

export type CallRulesService = ReturnType<typeof createCallRules>;
