import { type Selectable, sql } from "kysely";
import type { Outdated } from "../deployments/troubles.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { type AgentTrouble, mostPeople } from "./trouble-model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		agent_troubles: {
			cause: string;
			kind: AgentTrouble["kind"];
			code: string;
			deployment_id: string | null;
			script_version: string | null;
			client_id: string | null;
			unverified: boolean;
			detail: string | null;
			count: string;
			people: string[];
			first_at: Date;
			last_at: Date;
		};
	}
}

/** Where what agents meet is kept: one row for each cause. */
export const troubleStore = {
	/** Adds what was met since, cause by cause. */
	async add(trx: Trx, troubles: readonly AgentTrouble[]): Promise<void> {
		if (troubles.length === 0) return;
		const rows = JSON.stringify(troubles);
		await sql`insert into agent_troubles as t
				(cause, kind, code, deployment_id, script_version, client_id, unverified, detail, count, people, first_at, last_at)
			select cause, kind, code, "deploymentId", "scriptVersion", "clientId", unverified, detail, count, people, "firstAt", "lastAt"
			from jsonb_to_recordset(${rows}::jsonb) as n (cause text, kind text, code text, "deploymentId" text,
				"scriptVersion" bigint, "clientId" text, unverified boolean, detail text, count bigint, people text[], "firstAt" timestamptz,
				"lastAt" timestamptz)
			order by cause
			on conflict (cause) do update set
				detail = coalesce(excluded.detail, t.detail), count = t.count + excluded.count, last_at = excluded.last_at,
				script_version = excluded.script_version, people = (excluded.people || array(select o from unnest(t.people) with ordinality as old (o, nth)
					where not o = any(excluded.people) order by nth))[1:${mostPeople}::int]`.execute(trx);
	},

	/** Forgets how the scripts of these deployments failed, as far as that is outdated. */
	async forgetScripts(trx: Trx, changed: ReadonlyMap<string, Outdated>): Promise<void> {
		if (changed.size === 0) return;
		const rows = await trx
			.selectFrom("agent_troubles")
			.select(["cause", "deployment_id", "script_version"])
			.where("kind", "=", "script")
			.where("deployment_id", "in", [...changed.keys()])
			.execute();
		const outdated = rows.filter(({ deployment_id, script_version }) =>
			changed.get(deployment_id ?? "")?.(script_version === null ? undefined : Number(script_version)),
		);
		if (outdated.length === 0) return;
		const causes = outdated.map(({ cause }) => cause);
		await trx.deleteFrom("agent_troubles").where("cause", "in", causes).execute();
	},

	/** The newest first. */
	async recent(db: Db, kinds: readonly AgentTrouble["kind"][], since: Date, limit: number): Promise<AgentTrouble[]> {
		const rows = await db
			.selectFrom("agent_troubles")
			.selectAll()
			.where("kind", "in", [...kinds])
			.where("last_at", ">", since)
			.orderBy("last_at", "desc")
			.limit(limit)
			.execute();
		return rows.map(toTrouble);
	},

	/** Forgets what was last met before, and of the rest all but the newest: first what anybody can have made up. */
	async forget(trx: Trx, before: Date, most: number): Promise<void> {
		await sql`delete from agent_troubles where last_at < ${before} or cause not in (
			select cause from agent_troubles order by unverified, last_at desc limit ${most})`.execute(trx);
	},
};

function toTrouble(row: Selectable<Tables["agent_troubles"]>): AgentTrouble {
	return {
		...{ cause: row.cause, kind: row.kind, code: row.code, unverified: row.unverified, people: row.people },
		...(row.deployment_id === null ? {} : { deploymentId: row.deployment_id }),
		...(row.script_version === null ? {} : { scriptVersion: Number(row.script_version) }),
		...(row.client_id === null ? {} : { clientId: row.client_id }),
		...(row.detail === null ? {} : { detail: row.detail }),
		count: Number(row.count),
		...{ firstAt: row.first_at, lastAt: row.last_at },
	};
}
