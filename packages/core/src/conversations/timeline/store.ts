import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";
import { prepared } from "../../kernel/sql/prepared.ts";
import type { Conversation } from "../model.ts";
import type { Change } from "../store.ts";
import { newAddresses } from "./addresses.ts";

export const timelineMigrations: Migrations = {
	"4020_conversation_addresses": {
		/** By which address somebody outside took part: all media of one customer are found by it (agent-features 5). */
		async up(db) {
			await sql`create table conversation_addresses (
				address text not null, conversation_id text not null references conversations (id) on delete cascade,
				started_at timestamptz not null, primary key (address, conversation_id)
			)`.execute(db);
			await sql`insert into conversation_addresses (address, conversation_id, started_at)
				select distinct key, id, started_at from (
					select c.id, c.started_at, regexp_replace(lower(btrim(a.address)), '^(tel|mailto):', '') as key
					from conversations c cross join lateral (
						select c.document ->> 'address' as address
						union select p ->> 'address' from jsonb_array_elements(c.document -> 'participants') p
						where p ->> 'purpose' in ('customer', 'external') and p #> '{internal,forwardLeg}' is null) a
					where a.address is not null) k
				where key not in ('', 'anonymous')`.execute(db);
			await sql`create index conversation_addresses_latest on conversation_addresses (address, started_at desc)`.execute(
				db,
			);
			await sql`create index conversation_addresses_conversation on conversation_addresses (conversation_id)`.execute(
				db,
			);
		},
	},
	"4096_customers_own_addresses": {
		/** Whoever was brought in beside the customer is found by their address no more. */
		async up(db) {
			await sql`delete from conversation_addresses a using (
				select c.id, array(
					select regexp_replace(lower(btrim(own.address)), '^(tel|mailto):', '') from (
						select c.document ->> 'address' as address
						union all select one ->> 'address' from (
							select one, one ->> 'purpose' as purpose, n, min(one ->> 'purpose') over () as best, min(n) over () as first
							from jsonb_array_elements(c.document -> 'participants') with ordinality p (one, n)
							where one ->> 'purpose' in ('customer', 'external') and one #> '{internal,forwardLeg}' is null) o
						where purpose = 'customer' or (best <> 'customer' and n = first)) own
					where own.address is not null) as keys
				from conversations c where c.id in (
					select conversation_id from conversation_addresses group by conversation_id having count(*) > 1)) own
				where own.id = a.conversation_id and a.address <> all(own.keys)`.execute(db);
		},
	},
};

/** Goes to the database with what the transaction does next. */
export async function saveAddresses(trx: Trx, changes: readonly Change[]): Promise<void> {
	const rows = changes.flatMap(newAddresses);
	if (rows.length === 0) return;
	await insertAddresses.write(trx, {
		addresses: rows.map((row) => row.address),
		conversationIds: rows.map((row) => row.conversationId),
		startedAt: rows.map((row) => row.startedAt),
	});
}

interface AddressLists {
	addresses: string[];
	conversationIds: string[];
	startedAt: Date[];
}

const insertAddresses = prepared(
	(_db, all: AddressLists) => sql`
		insert into conversation_addresses (address, conversation_id, started_at)
		select * from unnest(${all.addresses}::text[], ${all.conversationIds}::text[], ${all.startedAt}::timestamptz[])
		on conflict do nothing`,
);

/** Where a list of the latest goes on. */
interface Place {
	startedAt: Date;
	id: string;
}

interface Latest {
	addresses: readonly string[];
	since: Date;
	/** Those that began no later. */
	until: Date;
	after?: Place | undefined;
	limit: number;
}

/** The latest conversations with one of the addresses, newest first. */
export async function latestWith(
	db: Db,
	{ addresses, since, until, after, limit }: Latest,
): Promise<Array<Place & { conversation: Conversation }>> {
	const further = after ? sql`(started_at, conversation_id) < (${after.startedAt}, ${after.id})` : sql`true`;
	const { rows } = await sql<{ document: Conversation; id: string; started_at: Date }>`
		select c.document, c.id, a.started_at from (
			select conversation_id, max(started_at) as started_at from conversation_addresses
			where address = any(${[...addresses]}::text[]) and started_at >= ${since} and started_at <= ${until} and ${further}
			group by conversation_id order by started_at desc, conversation_id desc limit ${limit}) a
		join conversations c on c.id = a.conversation_id order by a.started_at desc, c.id desc`.execute(db);
	return rows.map(({ document, id, started_at }) => ({ conversation: document, id, startedAt: started_at }));
}
