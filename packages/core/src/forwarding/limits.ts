import type { Trx } from "../kernel/database/database.ts";
import { Remembered } from "../kernel/database/remembered.ts";
import { versionedSetting } from "../kernel/database/versioned-setting.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField } from "../kernel/http/api-error.ts";
import { limitsChanged, limitsChangedType } from "./events.ts";
import { defaultLimits, type ForwardingLimits } from "./model.ts";

export interface VersionedLimits extends ForwardingLimits {
	version: number;
}

const kept = versionedSetting<ForwardingLimits>({
	...{ table: "call_forwarding_limits", column: "limits" },
	entity: { name: "call forwarding", id: "limits" },
});

/** What the organization lets its people forward. */
export function createLimits(
	{ database, events, feed }: Pick<Kernel, "database" | "events" | "feed">,
	onChange: (trx: Trx, before: ForwardingLimits, after: ForwardingLimits, actor: Actor) => Promise<void>,
) {
	async function read(): Promise<VersionedLimits> {
		const { version, said } = await kept.read(database.db);
		return { ...defaultLimits, ...said, version };
	}

	const known = new Remembered(read, feed, [limitsChangedType]);

	return {
		/** As it stands now. */
		read,

		/** As last read; read anew after each change. */
		current: (): Promise<ForwardingLimits> => known.get(),

		/** What is absent stays. @param seen the version that the change is based on @throws ApiError 400, 409 `version.conflict` */
		async change(changes: Partial<ForwardingLimits>, seen: number | undefined, actor: Actor): Promise<VersionedLimits> {
			requirePrefixes(changes.blockedPrefixes ?? []);
			await database.change(async (trx) => {
				const { before: said } = await kept.change(trx, changes, seen);
				await events.append(trx, [limitsChanged(actor)]);
				const before = { ...defaultLimits, ...said };
				await onChange(trx, before, { ...before, ...changes }, actor);
			});
			known.forget();
			return read();
		},
	};
}

function requirePrefixes(prefixes: readonly string[]): void {
	const at = prefixes.findIndex((one) => !/^\+[1-9]\d{0,14}$/.test(one));
	if (at < 0) return;
	const text = `${prefixes[at]} must be the beginning of numbers with their country code, such as +1900.`;
	throw badField(`blockedPrefixes[${at}]`, text);
}
