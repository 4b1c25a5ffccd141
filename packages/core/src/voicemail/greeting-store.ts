import { wantedWords } from "@inlay/contract/words";
import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";
import { foldedInSql } from "../kernel/database/folded.ts";
import type { DivisionSet } from "../kernel/principal.ts";
import { namePattern } from "../routing/queue-rules.ts";
import type { Overflow } from "./policy.ts";
import type { StoredGreeting } from "./tables.ts";

/** A group or a queue whose mailbox speaks first, or would if it took messages. */
export interface SharedGreeting {
	type: "group" | "queue";
	id: string;
	name: string;
	takesMessages: boolean;
	greeting: StoredGreeting | null;
}

export interface GreetingFilter {
	/** Whether groups are wanted: they are in no division. */
	groups: boolean;
	/** Queues of these divisions. */
	queues: DivisionSet;
	/** Words of a name. */
	name?: string | undefined;
	/** One of them alone; it needs no mailbox. */
	only?: Overflow | undefined;
	/** Whose mailbox takes what others cannot: it speaks, too. */
	overflow?: Overflow | undefined;
}

/** One page of the shared mailboxes that speak: those with a recording first, then by their names. */
export async function sharedGreetings(
	db: Db,
	{ groups, queues, name = "", only, overflow }: GreetingFilter,
	{ limit, offset }: { limit: number; offset: number },
): Promise<{ found: SharedGreeting[]; total: number }> {
	const divisions = queues === "all" ? sql`true` : sql`division_id = any(${[...queues]}::text[])`;
	const takes = sql`coalesce((v.policy ->> 'enabled')::boolean, o.type = 'group')`;
	const takesOverflow = sql`(o.type = ${overflow?.type ?? ""} and o.id = ${overflow?.id ?? ""})`;
	const which = only
		? sql`o.type = ${only.type} and o.id = ${only.id}`
		: sql`(${takes} or v.greeting is not null or ${takesOverflow})`;
	const folded = foldedInSql(sql.ref("o.name"));
	const words = wantedWords(name).map((word) => sql`and ${folded} like ${namePattern(`*${word}*`)}`);
	const { rows } = await sql<SharedGreeting & { total: number }>`
		with owners as (
			select 'group' as type, id, name from groups where ${groups}
			union all select 'queue', id, name from queues where ${divisions}
		)
		select o.type, o.id, o.name, v.greeting, ${takes} as "takesMessages", count(*) over ()::int as total
		from owners o left join voicemail_owners v on v.owner_type = o.type and v.owner_id = o.id
		where ${which} ${sql.join(words, sql` `)}
		order by v.greeting is null, ${folded}, o.id
		limit ${limit} offset ${offset}`.execute(db);
	return { found: rows.map(({ total: _total, ...one }) => one), total: rows[0]?.total ?? 0 };
}
