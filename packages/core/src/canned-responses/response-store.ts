import { wordsIn } from "@inlay/contract/words";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { isLikeOneOf } from "../kernel/database/lowered.ts";
import { searchOf } from "../kernel/words.ts";
import type { CannedResponse, ResponseValue } from "./model.ts";
import { plainOf } from "./safe-html.ts";

/** Which of the responses; all of it has to hold. */
export interface ResponseFilter {
	/** Beginnings of words of name, shortcut and text. */
	search?: string | undefined;
	libraryIds?: readonly string[];
	/** Those in none of these. */
	notInLibraryIds?: readonly string[];
	/** Texts of names; `%` and `_` stand for themselves. */
	name?: { how: "equals" | "begins" | "ends" | "contains"; values: readonly string[] };
	isSignature?: boolean;
}

interface Row {
	id: string;
	name: string;
	value: ResponseValue;
	created_by: string | null;
	created_at: Date;
	version: number;
	library_ids: string[];
	asset_ids: string[];
	uses: number;
}

const selected = sql`select r.id, r.name, r.value, r.created_by, r.created_at, r.version,
	array(select library_id from canned_response_libraries l where l.response_id = r.id order by library_id) as library_ids,
	array(select asset_id from canned_response_assets a where a.response_id = r.id order by place) as asset_ids,
	(select count(*)::int from canned_response_uses u where u.response_id = r.id) as uses
	from canned_responses r`;

/** Responses as they are kept. */
export function responseStore(db: Db) {
	return {
		async find(id: string, on: Db | Trx = db): Promise<CannedResponse | undefined> {
			const { rows } = await sql<Row>`${selected} where r.id = ${id}`.execute(on);
			return rows.map(toResponse)[0];
		},

		async lock(trx: Trx, id: string): Promise<CannedResponse | undefined> {
			const { rows } = await sql<Row>`${selected} where r.id = ${id} for update of r`.execute(trx);
			return rows.map(toResponse)[0];
		},

		async page(filter: ResponseFilter, { limit, offset }: { limit: number; offset: number }) {
			const there = matching(filter);
			const [page, counted] = await Promise.all([
				sql<Row>`${selected} where ${there} order by lower(r.name), r.id limit ${limit} offset ${offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from canned_responses r where ${there}`.execute(db),
			]);
			return { found: page.rows.map(toResponse), total: counted.rows[0]?.count ?? 0 };
		},

		async save(trx: Trx, response: CannedResponse): Promise<void> {
			const { id, name, value, createdBy, createdAt, version, libraryIds, assetIds } = response;
			const words = wordsIn([name, value.shortcut, value.plain, value.html && plainOf(value.html)].join(" "));
			await sql`insert into canned_responses (id, name, value, search, created_by, created_at, version)
				values (${id}, ${name}, ${JSON.stringify(value)}::jsonb, array_to_tsvector(${words}::text[]),
					${createdBy ?? null}, ${createdAt}, ${version})
				on conflict (id) do update set name = excluded.name, value = excluded.value, search = excluded.search,
					version = excluded.version`.execute(trx);
			await sql`delete from canned_response_libraries where response_id = ${id}`.execute(trx);
			await sql`insert into canned_response_libraries (response_id, library_id)
				select ${id}, unnest(${libraryIds}::text[])`.execute(trx);
			await sql`delete from canned_response_assets where response_id = ${id}`.execute(trx);
			await sql`insert into canned_response_assets (response_id, asset_id, place)
				select ${id}, one, place from unnest(${assetIds}::text[]) with ordinality as given (one, place)`.execute(trx);
		},

		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from canned_responses where id = ${id}`.execute(trx);
		},

		/** A conversation counts once, however often the response was put in. */
		async noteUse(trx: Trx, use: { id: string; conversationId: string; userId?: string; at: Date }): Promise<void> {
			await sql`insert into canned_response_uses (response_id, conversation_id, user_id, at)
				values (${use.id}, ${use.conversationId}, ${use.userId ?? null}, ${use.at}) on conflict do nothing`.execute(
				trx,
			);
		},
	};
}

function matching({ search, libraryIds, notInLibraryIds, name, isSignature }: ResponseFilter): RawBuilder<SqlBool> {
	const asked = searchOf(search);
	const byWords = asked === undefined ? sql`true` : asked === "" ? sql`false` : sql`r.search @@ ${asked}::tsquery`;
	const inside = libraryIds ? inLibraries(libraryIds) : sql`true`;
	const outside = notInLibraryIds ? sql`not ${inLibraries(notInLibraryIds)}` : sql`true`;
	const byName = name
		? isLikeOneOf(
				sql`r.name`,
				name.values.map((one) => patternOf(name.how, one)),
			)
		: sql`true`;
	const byKind = isSignature === undefined ? sql`true` : sql`(r.value ? 'isSignature') = ${isSignature}`;
	return sql<SqlBool>`${byWords} and ${inside} and ${outside} and ${byName} and ${byKind}`;
}

function inLibraries(ids: readonly string[]): RawBuilder<SqlBool> {
	return sql<SqlBool>`exists (select from canned_response_libraries l
		where l.response_id = r.id and l.library_id = any(${[...ids]}))`;
}

function patternOf(how: "equals" | "begins" | "ends" | "contains", value: string): string {
	const text = value.replaceAll(/[\\%_]/g, "\\$&");
	return `${how === "ends" || how === "contains" ? "%" : ""}${text}${how === "begins" || how === "contains" ? "%" : ""}`;
}

function toResponse({ library_ids, asset_ids, created_by, created_at, ...row }: Row): CannedResponse {
	return {
		...row,
		libraryIds: library_ids,
		assetIds: asset_ids,
		createdAt: created_at,
		...(created_by ? { createdBy: created_by } : {}),
	};
}
