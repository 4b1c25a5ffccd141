import { type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { lowered } from "../kernel/database/lowered.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import type { UtilizationLabel } from "./label-model.ts";
import { namePattern } from "./queue-rules.ts";
import type { Slice } from "./queue-store.ts";
import "./tables.ts";

export interface LabelFilter {
	/** As queues' names are searched. */
	name?: string;
	descending?: boolean;
}

interface Row {
	id: string;
	name: string;
	modified_at: Date;
	version: number;
}

/** Utilization labels; what each means for whom stands in the rules (`utilization-store.ts`). */
export const labelStore = {
	names: namesakes("utilization_labels"),
	referred: referable("utilization_labels"),

	async find(on: Db, ids: readonly string[]): Promise<UtilizationLabel[]> {
		const { rows } = await sql<Row>`select * from utilization_labels where id = any(${[...ids]})`.execute(on);
		return rows.map(toLabel);
	},

	async lock(trx: Trx, id: string): Promise<UtilizationLabel | undefined> {
		const { rows } = await sql<Row>`select * from utilization_labels where id = ${id} for update`.execute(trx);
		return rows.map(toLabel)[0];
	},

	async list(
		db: Db,
		filter: LabelFilter,
		{ limit, offset }: Slice,
	): Promise<{ found: UtilizationLabel[]; total: number }> {
		const direction = filter.descending ? sql`desc` : sql`asc`;
		const { name } = filter;
		const matching = name ? sql<SqlBool>`lower(name) like ${lowered(namePattern(name))}` : sql<SqlBool>`true`;
		const [page, total] = await Promise.all([
			sql<Row>`select * from utilization_labels where ${matching}
				order by lower(name) ${direction}, id limit ${limit} offset ${offset}`.execute(db),
			sql<{ count: number }>`select count(*)::int as count from utilization_labels where ${matching}`.execute(db),
		]);
		return { found: page.rows.map(toLabel), total: total.rows[0]?.count ?? 0 };
	},

	async ids(on: Db): Promise<ReadonlySet<string>> {
		const { rows } = await sql<{ id: string }>`select id from utilization_labels`.execute(on);
		return new Set(rows.map(({ id }) => id));
	},

	async count(on: Db): Promise<number> {
		const { rows } = await sql<{ count: number }>`select count(*)::int as count from utilization_labels`.execute(on);
		return rows[0]?.count ?? 0;
	},

	async insert(trx: Trx, { id, name, dateModified: at }: UtilizationLabel): Promise<void> {
		await sql`insert into utilization_labels (id, name, created_at, modified_at) values (${id}, ${name}, ${at}, ${at})`.execute(
			trx,
		);
	},

	async update(trx: Trx, { id, name, dateModified, version }: UtilizationLabel): Promise<void> {
		await sql`update utilization_labels set name = ${name}, modified_at = ${dateModified}, version = ${version}
			where id = ${id}`.execute(trx);
	},

	async delete(trx: Trx, id: string): Promise<void> {
		await sql`delete from utilization_labels where id = ${id}`.execute(trx);
	},

	/** How many conversations that have not ended carry it. */
	async underWay(trx: Trx, id: string): Promise<number> {
		const { rows } = await sql<{ count: number }>`
			select count(*)::int as count from conversations
			where ended_at is null and document ->> 'utilizationLabelId' = ${id}`.execute(trx);
		return rows[0]?.count ?? 0;
	},
};

function toLabel({ id, name, modified_at, version }: Row): UtilizationLabel {
	return { id, name, dateModified: modified_at, version };
}
