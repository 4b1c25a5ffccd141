import { type Selectable, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import { namePattern } from "../routing/queue-rules.ts";
import type { AgentScript, PublishedScript } from "./model.ts";
import "./tables.ts";
import { lowered } from "../kernel/database/lowered.ts";

export interface ScriptFilter {
	name?: string;
	ids?: readonly string[];
	divisions: DivisionSet;
	/** Only those of which a version was published. */
	published?: boolean;
	descending?: boolean;
}

type Row = Selectable<Tables["agent_scripts"]> & {
	published_version: string | null;
	published_number: number | null;
	published_at: Date | null;
};
type VersionRow = Selectable<Tables["agent_script_versions"]> & { division_id: string };

/** Scripts that others name by their ids. */
export const referredScripts = referable("agent_scripts");

/** Where in a document a step names what it is about. */
const steps = {
	webService: '@.kind == "callService" && @.serviceId',
	queue: '@.kind == "queue" && @.queueId',
};

const withPublished = sql`
	select s.*, v.id as published_version, v.number as published_number, v.published_at from agent_scripts s
	left join lateral (select id, number, published_at from agent_script_versions
		where script_id = s.id order by number desc limit 1) v on true`;
const withDivision = sql`
	select v.*, s.division_id from agent_script_versions v join agent_scripts s on s.id = v.script_id`;

/** Scripts and their published versions, as they are kept. */
export function scriptStore(db: Db) {
	function matching({ name, ids, divisions, published }: ScriptFilter) {
		const byName = name ? sql`lower(s.name) like ${lowered(namePattern(name))}` : sql`true`;
		const byId = ids ? sql`s.id = any(${[...ids]})` : sql`true`;
		const there = divisions === "all" ? sql`true` : sql`s.division_id = any(${[...divisions]})`;
		const out = published ? sql`v.id is not null` : sql`true`;
		return sql<SqlBool>`${byName} and ${byId} and ${there} and ${out}`;
	}

	return {
		names: namesakes("agent_scripts", ["name"]),

		async find(id: string, on: Db | Trx = db): Promise<AgentScript | undefined> {
			const { rows } = await sql<Row>`${withPublished} where s.id = ${id}`.execute(on);
			return rows.map(toScript)[0];
		},

		async lock(trx: Trx, id: string): Promise<AgentScript | undefined> {
			await sql`select 1 from agent_scripts where id = ${id} for update`.execute(trx);
			return this.find(id, trx);
		},

		async list(filter: ScriptFilter, { limit, offset }: { limit: number; offset: number }) {
			const direction = filter.descending ? sql`desc` : sql`asc`;
			const [page, counted] = await Promise.all([
				sql<Row>`${withPublished} where ${matching(filter)}
					order by lower(s.name) ${direction}, s.id limit ${limit} offset ${offset}`.execute(db),
				sql<{ count: number }>`select count(*)::int as count from (${withPublished}) as s
					cross join lateral (select s.published_version as id) v where ${matching(filter)}`.execute(db),
			]);
			return { found: page.rows.map(toScript), total: counted.rows[0]?.count ?? 0 };
		},

		/** Those with a step that names a thing, as they are written or as agents get them from their next interaction on. */
		async naming(trx: Trx, what: keyof typeof steps, id: string): Promise<Array<{ name: string; divisionId: string }>> {
			const names = sql.lit(`$.** ? (${steps[what]} == $id)`);
			const named = JSON.stringify({ id });
			const { rows } = await sql<{ name: string; divisionId: string }>`
				select s.name, s.division_id as "divisionId" from agent_scripts s
				left join lateral (select document from agent_script_versions
					where script_id = s.id order by number desc limit 1) v on true
				where jsonb_path_exists(s.document, ${names}::jsonpath, ${named}::jsonb)
					or jsonb_path_exists(v.document, ${names}::jsonpath, ${named}::jsonb)
				order by lower(s.name), s.id`.execute(trx);
			return rows;
		},

		async insert(trx: Trx, script: AgentScript): Promise<void> {
			await sql`insert into agent_scripts (id, name, division_id, document, created_at, modified_at) values (${script.id},
				${script.name}, ${script.divisionId}, ${JSON.stringify(script.document)}::jsonb, ${script.dateCreated},
				${script.dateModified})`.execute(trx);
		},

		async update(trx: Trx, script: AgentScript): Promise<void> {
			await sql`update agent_scripts set name = ${script.name}, division_id = ${script.divisionId},
				version = ${script.version}, modified_at = ${script.dateModified},
				document = ${JSON.stringify(script.document)}::jsonb where id = ${script.id}`.execute(trx);
		},

		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from agent_scripts where id = ${id}`.execute(trx);
		},

		async publish(trx: Trx, version: PublishedScript): Promise<void> {
			await sql`insert into agent_script_versions (id, script_id, name, number, document, published_at, published_by)
				values (${version.id}, ${version.scriptId}, ${version.name}, ${version.number},
				${JSON.stringify(version.document)}::jsonb, ${version.publishedAt}, ${version.publishedBy ?? null})`.execute(
				trx,
			);
		},

		/** Newest first. */
		async versions(scriptId: string): Promise<PublishedScript[]> {
			const { rows } = await sql<VersionRow>`${withDivision}
				where v.script_id = ${scriptId} order by v.number desc limit 500`.execute(db);
			return rows.map(toVersion);
		},

		async versionsById(ids: readonly string[]): Promise<Map<string, PublishedScript>> {
			const { rows } = await sql<VersionRow>`${withDivision} where v.id = any(${[...ids]})`.execute(db);
			return new Map(rows.map((row) => [row.id, toVersion(row)]));
		},

		async version(versionId: string, on: Db | Trx = db): Promise<PublishedScript | undefined> {
			const { rows } = await sql<VersionRow>`${withDivision} where v.id = ${versionId}`.execute(on);
			return rows.map(toVersion)[0];
		},

		/** The version that was the newest at a moment; the first one where none was there yet; undefined where there is none. */
		async versionAt(scriptId: string, at: Date, on: Db | Trx = db): Promise<PublishedScript | undefined> {
			const { rows } = await sql<VersionRow>`${withDivision} where v.script_id = ${scriptId}
				order by (v.published_at <= ${at}) desc, case when v.published_at <= ${at} then -v.number else v.number end
				limit 1`.execute(on);
			return rows.map(toVersion)[0];
		},
	};
}

function toScript(row: Row): AgentScript {
	const { published_version: versionId, published_number: number, published_at: at } = row;
	return {
		id: row.id,
		name: row.name,
		divisionId: row.division_id,
		version: row.version,
		document: row.document,
		dateCreated: row.created_at,
		dateModified: row.modified_at,
		...(versionId !== null && number !== null && at ? { published: { versionId, number, at } } : {}),
	};
}

function toVersion(row: VersionRow): PublishedScript {
	return {
		id: row.id,
		scriptId: row.script_id,
		name: row.name,
		divisionId: row.division_id,
		number: row.number,
		document: row.document,
		publishedAt: row.published_at,
		publishedBy: row.published_by ?? undefined,
	};
}

/** How many scripts are in each division. */
export async function scriptsInDivisions(divisionIds: readonly string[], db: Db): Promise<Map<string, number>> {
	const { rows } = await sql<{ division_id: string; count: number }>`
		select division_id, count(*)::int as count from agent_scripts
		where division_id = any(${[...divisionIds]}) group by division_id`.execute(db);
	return new Map(rows.map((row) => [row.division_id, row.count]));
}
