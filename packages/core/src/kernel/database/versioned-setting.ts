import { sql } from "kysely";
import { versionConflict } from "../http/api-error.ts";
import type { Db, Trx } from "./database.ts";

/** A setting as it is kept, with what was said of it; the rest is as the product has it. */
export interface KeptSetting<T> {
	/** Grows with every change. */
	version: number;
	said: Partial<T>;
}

/** Where the setting stands: a table of one row (`id` 1) with `version` and a column of JSON. */
export interface SettingPlace {
	table: string;
	column: string;
	/** How a refused change names it. */
	entity: { name: string; id: string };
}

/** One setting of the whole organization that several people may change. */
export function versionedSetting<T extends object>({ table, column, entity }: SettingPlace) {
	const kept = sql<KeptSetting<T>>`select version, ${sql.ref(column)} as said from ${sql.table(table)} where id = 1`;

	async function only(on: Db | Trx, query: typeof kept): Promise<KeptSetting<T>> {
		const [row] = (await query.execute(on)).rows;
		if (!row) throw new Error(`The table ${table} has lost its row.`);
		return row;
	}

	return {
		read: (db: Db | Trx): Promise<KeptSetting<T>> => only(db, kept),

		/**
		 * What is absent stays. @param seen the version that the change is based on
		 * @returns what was said before, and is now @throws ApiError 409 `version.conflict`
		 */
		async change(
			trx: Trx,
			changes: Partial<T>,
			seen: number | undefined,
		): Promise<{ before: Partial<T>; now: KeptSetting<T> }> {
			const { version, said: before } = await only(trx, sql<KeptSetting<T>>`${kept} for update`);
			if (seen !== undefined && seen !== version) throw versionConflict(entity.name, entity.id, seen, version);
			const now = { version: version + 1, said: { ...before, ...changes } };
			await sql`update ${sql.table(table)} set version = ${now.version},
				${sql.ref(column)} = ${JSON.stringify(now.said)}::jsonb where id = 1`.execute(trx);
			return { before, now };
		},
	};
}
