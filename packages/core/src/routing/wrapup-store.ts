import { type Selectable, type SelectQueryBuilder, sql } from "kysely";
import { rowsInDivisions } from "../authorization/store.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import { namePattern } from "./queue-rules.ts";
import type { Slice } from "./queue-store.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";
import type { WrapupCode } from "./wrapup-model.ts";

export interface WrapupFilter {
	name?: string;
	ids?: string[];
	divisions?: DivisionSet;
	sortBy?: "name" | "id";
	descending?: boolean;
}

export interface WrapupStore {
	get(db: Db | Trx, codeId: string): Promise<WrapupCode | undefined>;
	lock(trx: Trx, codeId: string): Promise<WrapupCode | undefined>;
	list(filter: WrapupFilter, slice: Slice): Promise<WrapupCode[]>;
	count(filter: WrapupFilter): Promise<number>;
	insert(trx: Trx, code: WrapupCode): Promise<void>;
	update(trx: Trx, code: WrapupCode): Promise<void>;
	/** Hides the code and takes it from all queues; what was wrapped up with it keeps it. */
	delete(trx: Trx, codeId: string): Promise<void>;
}

export const referredCodes = referable("wrapup_codes", sql`not deleted`);

export const codeNames = namesakes("wrapup_codes", ["name"], sql`not deleted`);
/** How many codes are in each division. */
export const codesInDivisions = rowsInDivisions("wrapup_codes", sql`not deleted`);

export function wrapupStore(db: Db): WrapupStore {
	const existing = (from: Db | Trx, codeId: string) =>
		from.selectFrom("wrapup_codes").selectAll().where("id", "=", codeId).where("deleted", "=", false);
	return {
		async get(from, codeId) {
			const row = await existing(from, codeId).executeTakeFirst();
			return row && toCode(row);
		},

		async lock(trx, codeId) {
			const row = await existing(trx, codeId).forUpdate().executeTakeFirst();
			return row && toCode(row);
		},

		async list(filter, slice) {
			const rows = await filtered(db.selectFrom("wrapup_codes").selectAll(), filter)
				.orderBy(filter.sortBy === "id" ? sql`id` : sql`lower(name)`, filter.descending ? "desc" : "asc")
				.limit(slice.limit)
				.offset(slice.offset)
				.execute();
			return rows.map(toCode);
		},

		async count(filter) {
			const counted = db.selectFrom("wrapup_codes").select((eb) => eb.fn.countAll<string>().as("total"));
			return Number((await filtered(counted, filter).executeTakeFirstOrThrow()).total);
		},

		async insert(trx, code) {
			await trx
				.insertInto("wrapup_codes")
				.values({
					id: code.id,
					...changeable(code),
					created_at: code.dateCreated,
					created_by: code.createdBy ?? null,
					deleted: false,
				})
				.execute();
		},

		async update(trx, code) {
			await trx.updateTable("wrapup_codes").set(changeable(code)).where("id", "=", code.id).execute();
		},

		async delete(trx, codeId) {
			await trx.deleteFrom("queue_wrapup_codes").where("code_id", "=", codeId).execute();
			await trx.updateTable("wrapup_codes").set({ deleted: true }).where("id", "=", codeId).execute();
		},
	};
}

export interface QueueCodeStore {
	of(db: Db | Trx, queueId: string): Promise<WrapupCode[]>;
	/** The codes among these that exist, held so that none is deleted meanwhile. */
	hold(trx: Trx, codeIds: string[]): Promise<WrapupCode[]>;
	assign(trx: Trx, queueId: string, codeIds: string[]): Promise<void>;
	/** @returns false when the queue did not have it */
	unassign(trx: Trx, queueId: string, codeId: string): Promise<boolean>;
}

export const queueCodeStore: QueueCodeStore = {
	async of(from, queueId) {
		const rows = await from
			.selectFrom("wrapup_codes")
			.innerJoin("queue_wrapup_codes", "queue_wrapup_codes.code_id", "wrapup_codes.id")
			.selectAll("wrapup_codes")
			.where("queue_wrapup_codes.queue_id", "=", queueId)
			.where("deleted", "=", false)
			.orderBy(sql`lower(name)`)
			.execute();
		return rows.map(toCode);
	},

	async hold(trx, codeIds) {
		if (codeIds.length === 0) return [];
		const rows = await trx
			.selectFrom("wrapup_codes")
			.selectAll()
			.where("id", "in", codeIds)
			.where("deleted", "=", false)
			.orderBy("id")
			.forShare()
			.execute();
		return rows.map(toCode);
	},

	async assign(trx, queueId, codeIds) {
		if (codeIds.length === 0) return;
		await trx
			.insertInto("queue_wrapup_codes")
			.values([...new Set(codeIds)].sort().map((code_id) => ({ queue_id: queueId, code_id })))
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	},

	async unassign(trx, queueId, codeId) {
		const result = await trx
			.deleteFrom("queue_wrapup_codes")
			.where("queue_id", "=", queueId)
			.where("code_id", "=", codeId)
			.executeTakeFirst();
		return Number(result.numDeletedRows) > 0;
	},
};

function filtered<O>(
	query: SelectQueryBuilder<Tables, "wrapup_codes", O>,
	{ name, ids, divisions }: WrapupFilter,
): SelectQueryBuilder<Tables, "wrapup_codes", O> {
	let narrowed = query.where("deleted", "=", false);
	if (name) narrowed = narrowed.where(sql`lower(name)`, "like", lowered(namePattern(name)));
	if (ids) narrowed = narrowed.where("id", "=", sql<string>`any(${ids})`);
	if (divisions && divisions !== "all")
		narrowed = narrowed.where("division_id", "=", sql<string>`any(${["*", ...divisions]})`);
	return narrowed;
}

function changeable(code: WrapupCode) {
	return {
		name: code.name,
		description: code.description ?? null,
		division_id: code.divisionId,
		modified_at: code.dateModified,
		modified_by: code.modifiedBy ?? null,
		version: code.version,
	};
}

function toCode(row: Selectable<Tables["wrapup_codes"]>): WrapupCode {
	return {
		id: row.id,
		name: row.name,
		...(row.description === null ? {} : { description: row.description }),
		divisionId: row.division_id,
		dateCreated: row.created_at,
		dateModified: row.modified_at,
		...(row.created_by === null ? {} : { createdBy: row.created_by }),
		...(row.modified_by === null ? {} : { modifiedBy: row.modified_by }),
		version: row.version,
	};
}
