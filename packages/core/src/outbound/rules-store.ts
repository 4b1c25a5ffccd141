import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { versionConflict } from "../kernel/http/api-error.ts";
import { rulesChanged } from "./events.ts";
import { defaultSettings, type MappingFlag, type OutboundSettings, type WrapupMapping } from "./model.ts";
import "./tables.ts";

export interface Kept<V> {
	version: number;
	dateModified: Date;
	value: V;
}

/** Of the system's own codes; an administrator's say what they say. */
export const defaultMapping: WrapupMapping = { defaultSet: [], mapping: {} };

/** The settings of all campaigns, and what wrap-up codes mean for contacts; each is one thing of the organization's. */
export function createRules({ database, events, clock }: Pick<Kernel, "database" | "events" | "clock">) {
	async function read<V>(id: "settings" | "mapping", otherwise: V, on = database.db): Promise<Kept<V>> {
		const row = await on.selectFrom("outbound_rules").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
		return { version: row.version, dateModified: row.modified_at, value: { ...otherwise, ...(row.value as V) } };
	}

	async function write<V extends object>(
		id: "settings" | "mapping",
		change: (before: V) => V,
		{ otherwise, actor, seen }: { otherwise: V; actor: Actor; seen?: number | undefined },
	): Promise<Kept<V>> {
		return database.change(async (trx) => {
			const row = await trx
				.selectFrom("outbound_rules")
				.selectAll()
				.where("id", "=", id)
				.forUpdate()
				.executeTakeFirstOrThrow();
			if (seen !== undefined && seen !== row.version) throw versionConflict(id, id, seen, row.version);
			const value = change({ ...otherwise, ...(row.value as V) });
			const kept = { version: row.version + 1, dateModified: clock.now(), value };
			await trx
				.updateTable("outbound_rules")
				.set({ version: kept.version, modified_at: kept.dateModified, value: JSON.stringify(value) })
				.where("id", "=", id)
				.execute();
			await events.append(trx, [rulesChanged(id, { id, ...value, version: kept.version }, actor)]);
			return kept;
		});
	}

	return {
		settings: (on?: Trx) => read("settings", defaultSettings, on),
		mapping: (on?: Trx) => read("mapping", defaultMapping, on),

		/** What is absent stays as it is. @throws ApiError 409 `version.conflict` */
		setSettings: (changes: Partial<OutboundSettings>, actor: Actor, seen?: number) =>
			write("settings", (before) => ({ ...before, ...changes }), { otherwise: defaultSettings, actor, seen }),

		/** @throws ApiError 409 `version.conflict` */
		setMapping: (mapping: WrapupMapping, actor: Actor, seen?: number) =>
			write("mapping", () => mapping, { otherwise: defaultMapping, actor, seen }),

		/** What the code means; the default set where nobody has said it. */
		async flagsOf(trx: Trx, code: string): Promise<readonly MappingFlag[]> {
			const { value } = await read("mapping", defaultMapping, trx);
			return value.mapping[code] ?? value.defaultSet;
		},
	};
}

export type OutboundRules = ReturnType<typeof createRules>;
