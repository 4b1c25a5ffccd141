import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";
import { isLikeOneOf } from "../../kernel/database/lowered.ts";
import { referable } from "../../kernel/database/references.ts";
import type { DivisionSet } from "../../kernel/principal.ts";
import type { AssetFacts, PendingAsset, ResponseAsset } from "./model.ts";

interface Row {
	id: string;
	name: string;
	division_id: string;
	key: string;
	content_type: string | null;
	size: number | null;
	md5: string | null;
	until: Date | null;
	problem: Problem | null;
	created_by: string | null;
	/** Of who began it. */
	client_id: string | null;
	created_at: Date;
	modified_by: string | null;
	modified_at: Date;
}

/** Why what was brought was not kept. */
export interface Problem {
	code: string;
	message: string;
}

/** Which of the assets; all of it has to hold. */
export interface AssetFilter {
	divisions: DivisionSet;
	/** Each is the patterns of one field, any of which fits (`like`). */
	patterns?: ReadonlyArray<{ field: AssetField; values: readonly string[] }>;
}

/** What assets are looked for by, and sorted. */
export const assetFields = {
	name: sql`name`,
	contentType: sql`content_type`,
	divisionId: sql`division_id`,
	id: sql`id`,
} as const;
export type AssetField = keyof typeof assetFields;
export const assetSorts = {
	name: sql`lower(name)`,
	contentType: sql`content_type`,
	contentLength: sql`size`,
	dateCreated: sql`created_at`,
	dateModified: sql`modified_at`,
} as const;
export type AssetSort = keyof typeof assetSorts;

/** Of one asset. */
const mostResponsesTold = 100;

const isKept = sql<SqlBool>`state = 'kept'`;

/** Files of responses as they are kept. */
export function assetStore(db: Db) {
	return {
		referred: referable("response_assets", isKept),

		async find(ids: readonly string[], on: Db | Trx = db): Promise<ResponseAsset[]> {
			const { rows } = await sql<Row>`
				select * from response_assets where id = any(${[...ids]}) and ${isKept} order by lower(name), id`.execute(on);
			return rows.map(toAsset);
		},

		async lock(trx: Trx, id: string): Promise<ResponseAsset | undefined> {
			const { rows } = await sql<Row>`
				select * from response_assets where id = ${id} and ${isKept} for update`.execute(trx);
			return rows.map(toAsset)[0];
		},

		async page(
			filter: AssetFilter,
			order: { by: AssetSort; descending: boolean },
			at: { limit: number; offset: number },
		) {
			const there = matching(filter);
			const direction = order.descending ? sql`desc` : sql`asc`;
			const [page, counted] = await Promise.all([
				sql<Row>`select * from response_assets where ${there} order by ${assetSorts[order.by]} ${direction}, id
					limit ${at.limit} offset ${at.offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from response_assets where ${there}`.execute(db),
			]);
			return { found: page.rows.map(toAsset), total: counted.rows[0]?.count ?? 0 };
		},

		async update(
			trx: Trx,
			{ id, name, divisionId, contentType, modifiedBy, modifiedAt }: ResponseAsset,
		): Promise<void> {
			await sql`update response_assets set name = ${name}, division_id = ${divisionId}, content_type = ${contentType},
				modified_by = ${modifiedBy ?? null}, modified_at = ${modifiedAt} where id = ${id}`.execute(trx);
		},

		/** Nobody sees it any more; its file goes next. */
		async leave(trx: Trx, { id, key }: Pick<ResponseAsset, "id" | "key">): Promise<void> {
			await sql`delete from response_assets where id = ${id}`.execute(trx);
			await sql`insert into response_assets_left (key) values (${key})`.execute(trx);
		},

		/** Responses that bring each of them along, the first ones by name. */
		async responsesOf(ids: readonly string[], on: Db | Trx = db) {
			const { rows } = await sql<{ assetId: string; id: string; name: string }>`
				select asset.id as "assetId", r.id, r.name from unnest(${[...ids]}::text[]) as asset (id) cross join lateral
				(select c.id, c.name from canned_response_assets a join canned_responses c on c.id = a.response_id
					where a.asset_id = asset.id order by lower(c.name), c.id limit ${mostResponsesTold}) r`.execute(on);
			return Map.groupBy(rows, ({ assetId }) => assetId);
		},

		/** Those of a response, in its order. */
		async ofResponse(responseId: string): Promise<ResponseAsset[]> {
			const { rows } =
				await sql<Row>`select s.* from canned_response_assets a join response_assets s on s.id = a.asset_id
				where a.response_id = ${responseId} order by a.place`.execute(db);
			return rows.map(toAsset);
		},

		/** Those of all responses together, by id. */
		async facts(ids: readonly string[]): Promise<Map<string, AssetFacts>> {
			const found = await this.find([...new Set(ids)]);
			return new Map(found.map(({ id, name, contentType, size }) => [id, { id, name, contentType, size }]));
		},

		...pendingStore(db),
	};
}

/** What may be brought still, and files that are nobody's. */
function pendingStore(db: Db) {
	return {
		async begin(trx: Trx, asset: PendingAsset, ticketHash: string): Promise<void> {
			await sql`insert into response_assets
				(id, name, division_id, key, state, ticket_hash, until, md5, created_by, client_id, created_at, modified_by, modified_at)
				values (${asset.id}, ${asset.name}, ${asset.divisionId}, ${asset.key}, 'pending', ${ticketHash}, ${asset.until},
					${asset.md5 ?? null}, ${asset.createdBy ?? null}, ${asset.askedBy.clientId ?? null}, ${asset.createdAt},
					${asset.createdBy ?? null}, ${asset.createdAt})`.execute(trx);
		},

		async pending(ticketHash: string, now: Date): Promise<PendingAsset | undefined> {
			const { rows } = await sql<Row>`select * from response_assets
				where ticket_hash = ${ticketHash} and state = 'pending' and until > ${now}`.execute(db);
			return rows.map(toPending)[0];
		},

		/** Its file lies under that key from now on; what lies under the one of before goes next. False where it is pending no more. */
		async claim(trx: Trx, { id, key }: Pick<PendingAsset, "id" | "key">): Promise<boolean> {
			const { rows } = await sql<{ key: string }>`
				select key from response_assets where id = ${id} and state = 'pending' for update`.execute(trx);
			const [before] = rows;
			if (!before) return false;
			await sql`insert into response_assets_left (key) values (${before.key})`.execute(trx);
			await sql`update response_assets set key = ${key} where id = ${id}`.execute(trx);
			return true;
		},

		/** False where somebody else brings it, or has brought it, meanwhile. */
		async keep(
			trx: Trx,
			{ id, key }: Pick<PendingAsset, "id" | "key">,
			facts: { contentType: string; size: number; at: Date },
		): Promise<boolean> {
			const { rows } =
				await sql`update response_assets set state = 'kept', ticket_hash = null, until = null, problem = null,
				content_type = ${facts.contentType}, size = ${facts.size}, modified_at = ${facts.at}
				where id = ${id} and key = ${key} and state = 'pending' returning id`.execute(trx);
			return rows.length > 0;
		},

		async fail(id: string, problem: Problem): Promise<void> {
			await sql`update response_assets set problem = ${JSON.stringify(problem)}::jsonb
				where id = ${id} and state = 'pending'`.execute(db);
		},

		async status(id: string) {
			const { rows } = await sql<{ divisionId: string; state: "pending" | "kept"; problem: Problem | null }>`
				select division_id as "divisionId", state, problem from response_assets
				where id = ${id}`.execute(db);
			return rows[0];
		},

		/** What nobody has brought in time is given up; its file, if there is one, goes next. */
		async giveUp(trx: Trx, before: Date): Promise<void> {
			await sql`with gone as (delete from response_assets where state = 'pending' and until < ${before} returning key)
				insert into response_assets_left (key) select key from gone`.execute(trx);
		},

		/** Keys of files that are nobody's, from one of them on. */
		async leftovers(limit: number, after: string): Promise<string[]> {
			const { rows } = await sql<{ key: string }>`
				select key from response_assets_left where key > ${after} order by key limit ${limit}`.execute(db);
			return rows.map(({ key }) => key);
		},

		async forget(key: string): Promise<void> {
			await sql`delete from response_assets_left where key = ${key}`.execute(db);
		},
	};
}

function matching({ divisions, patterns = [] }: AssetFilter): RawBuilder<SqlBool> {
	const there = divisions === "all" ? sql`true` : sql`division_id = any(${[...divisions]})`;
	const fields = patterns.map(({ field, values }) => isLikeOneOf(assetFields[field], [...values]));
	return sql<SqlBool>`${isKept} and ${there} and ${fields.length > 0 ? sql.join(fields, sql` and `) : sql`true`}`;
}

function common(row: Row) {
	return {
		...{ id: row.id, name: row.name, divisionId: row.division_id, key: row.key },
		...{ createdAt: row.created_at, modifiedAt: row.modified_at },
		...(row.created_by ? { createdBy: row.created_by } : {}),
		...(row.modified_by ? { modifiedBy: row.modified_by } : {}),
	};
}

function toAsset(row: Row): ResponseAsset {
	return { ...common(row), contentType: row.content_type ?? "", size: row.size ?? 0 };
}

function toPending(row: Row): PendingAsset {
	const askedBy = {
		...(row.created_by ? { userId: row.created_by } : {}),
		...(row.client_id ? { clientId: row.client_id } : {}),
	};
	return { ...common(row), askedBy, until: row.until ?? new Date(0), ...(row.md5 ? { md5: row.md5 } : {}) };
}

/** How many assets are in each division; what may be brought still counts. */
export async function assetsInDivisions(divisionIds: readonly string[], db: Db): Promise<Map<string, number>> {
	const { rows } = await sql<{ division_id: string; count: number }>`
		select division_id, count(*)::int as count from response_assets
		where division_id = any(${[...divisionIds]}) group by division_id`.execute(db);
	return new Map(rows.map((row) => [row.division_id, row.count]));
}
