import { type RawBuilder, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { storableJson } from "../kernel/database/storable-json.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import type { Imported, ImportWish } from "./import.ts";
import type { ReadRow } from "./importing.ts";

/** A file that comes in slice by slice, and how far it has come. */
export interface ContactImport {
	id: string;
	divisionId: string;
	existing: ImportWish["existing"];
	actor: Actor;
	/** Rows: all, and those that were taken by now. */
	total: number;
	taken: number;
	created: number;
	completed: number;
	skipped: number;
	attempts: number;
	tryAt?: Date;
	/** Why its rows beyond those that were taken never will be. */
	error?: string;
	at: Date;
}

/** The next rows of one. */
export interface ImportSlice {
	of: ContactImport;
	place: number;
	rows: ReadRow[];
}

interface Row {
	id: string;
	division_id: string;
	existing: ContactImport["existing"];
	actor: Actor;
	total: number;
	taken: number;
	created: number;
	completed: number;
	skipped: number;
	attempts: number;
	try_at: Date | null;
	error: string | null;
	at: Date;
}

/** Whatever is over is forgotten after so long. */
const keptDays = 30;

/** Files that are coming in. */
export const importStore = {
	async add(trx: Trx, one: ContactImport, slices: readonly ReadRow[][]): Promise<void> {
		const { id, divisionId, existing, actor, total, at } = one;
		await sql`delete from external_contact_imports i where at < ${at}::timestamptz - make_interval(days => ${keptDays})
			and (error is not null or taken = total)`.execute(trx);
		await sql`insert into external_contact_imports (id, division_id, existing, actor, total, at)
			values (${id}, ${divisionId}, ${existing}, ${JSON.stringify(actor)}, ${total}, ${at})`.execute(trx);
		for (const [place, rows] of slices.entries())
			await sql`insert into external_contact_import_slices (import_id, place, rows)
				values (${id}, ${place}, ${storableJson(rows)})`.execute(trx);
	},

	/** How many files of somebody are under way; nobody begins another one meanwhile. */
	async holdUnderWay(trx: Trx, actor: Actor): Promise<number> {
		await sql`select pg_advisory_xact_lock(hashtextextended('contact_imports', 0))`.execute(trx);
		const { rows } = await sql<{ count: number }>`select count(*)::int as count from external_contact_imports
			where error is null and taken < total and actor = ${JSON.stringify(actor)}::jsonb`.execute(trx);
		return rows[0]?.count ?? 0;
	},

	async find(db: Db, id: string): Promise<ContactImport | undefined> {
		return (await imports(db, sql`id = ${id}`))[0];
	},

	/** What a user has begun last. */
	async lastOf(db: Db, userId: string): Promise<ContactImport | undefined> {
		return (await imports(db, sql`actor ->> 'userId' = ${userId}`))[0];
	},

	/** Forgets what a user has begun and is over: one, or all. */
	async forget(trx: Trx, userId: string, id?: string): Promise<void> {
		const which = id === undefined ? sql`true` : sql`id = ${id}`;
		await sql`delete from external_contact_imports where actor ->> 'userId' = ${userId}
			and (error is not null or taken = total) and ${which}`.execute(trx);
	},

	/** Those whose rows are to be taken still. */
	async running(db: Db): Promise<ContactImport[]> {
		return (await imports(db, sql`error is null and taken < total`, sql`all`)).toReversed();
	},

	async next(db: Db, id: string): Promise<ImportSlice | undefined> {
		const of = await importStore.find(db, id);
		if (!of || of.error !== undefined) return undefined;
		const { rows } = await sql<{
			place: number;
			rows: ReadRow[];
		}>`select place, rows from external_contact_import_slices
			where import_id = ${id} order by place limit 1`.execute(db);
		return rows[0] && { of, ...rows[0] };
	},

	/** @returns whether it is there */
	async lock(trx: Trx, id: string): Promise<boolean> {
		const { rows } = await sql`select id from external_contact_imports where id = ${id} for update`.execute(trx);
		return rows.length > 0;
	},

	/** Takes a slice out, once. @returns whether it was there still */
	async takeOut(trx: Trx, { of, place }: ImportSlice): Promise<boolean> {
		const { rows } = await sql`delete from external_contact_import_slices
			where import_id = ${of.id} and place = ${place} returning place`.execute(trx);
		return rows.length > 0;
	},

	async note(trx: Trx, { of, rows }: ImportSlice, { created, completed, skipped }: Imported): Promise<void> {
		await sql`update external_contact_imports set taken = taken + ${rows.length}, created = created + ${created},
			completed = completed + ${completed}, skipped = skipped + ${skipped}, attempts = 0, try_at = null
			where id = ${of.id}`.execute(trx);
	},

	async postpone(trx: Trx, id: string, { attempts, tryAt }: { attempts: number; tryAt: Date }): Promise<void> {
		await sql`update external_contact_imports set attempts = ${attempts}, try_at = ${tryAt} where id = ${id}`.execute(
			trx,
		);
	},

	/** What is left of it never is taken. */
	async fail(trx: Trx, id: string, error: string): Promise<void> {
		await sql`update external_contact_imports set error = ${error} where id = ${id}`.execute(trx);
		await sql`delete from external_contact_import_slices where import_id = ${id}`.execute(trx);
	},
};

/** The newest first, and no other unless all are wanted. */
async function imports(
	db: Db,
	which: RawBuilder<unknown>,
	most: RawBuilder<unknown> = sql`1`,
): Promise<ContactImport[]> {
	const { rows } = await sql<Row>`select * from external_contact_imports where ${which}
		order by at desc, id limit ${most}`.execute(db);
	return rows.map(({ division_id, try_at, error, ...row }) => ({
		...row,
		divisionId: division_id,
		...(try_at ? { tryAt: try_at } : {}),
		...(error === null ? {} : { error }),
	}));
}
