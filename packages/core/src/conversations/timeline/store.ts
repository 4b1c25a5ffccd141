import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";
import { prepared } from "../../kernel/sql/prepared.ts";
import type { Conversation } from "../model.ts";
import type { Change } from "../store.ts";
import { contactKey, contactsOf, lostContacts, newAddresses } from "./addresses.ts";

/** Ordered once, at the first start with this version, by a migration. */
export const contactsOfPastJob = "conversations.contacts-of-past";
/** Conversations that are looked at in one change. */
const mostAtOnce = 500;

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
	"5480_contacts_of_the_past": {
		/** At once, whatever the clock says, and a few at a time: there may be millions. */
		async up(db) {
			await sql`insert into jobs (id, kind, key, run_at, payload)
				values (gen_random_uuid(), ${contactsOfPastJob}, '', to_timestamp(0), '{}')`.execute(db);
		},
	},
};

/** Goes to the database with what the transaction does next. */
export async function saveAddresses(trx: Trx, changes: readonly Change[]): Promise<void> {
	const lost = changes.flatMap(lostContacts);
	if (lost.length > 0)
		await deleteAddresses.write(trx, {
			addresses: lost.map((row) => row.address),
			conversationIds: lost.map((row) => row.conversationId),
		});
	const rows = changes.flatMap(newAddresses);
	if (rows.length === 0) return;
	await insertAddresses.write(trx, {
		addresses: rows.map((row) => row.address),
		conversationIds: rows.map((row) => row.conversationId),
		startedAt: rows.map((row) => row.startedAt),
	});
}

const deleteAddresses = prepared(
	(_db, all: Pick<AddressLists, "addresses" | "conversationIds">) => sql`
		delete from conversation_addresses a using unnest(${all.addresses}::text[], ${all.conversationIds}::text[]) as lost (address, id)
		where a.address = lost.address and a.conversation_id = lost.id`,
);

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

/**
 * The next conversations of before are found by their contacts.
 * @returns the last one that was looked at; undefined after the last of all
 */
export async function findByContacts(trx: Trx, after: string): Promise<string | undefined> {
	// Held: of whom somebody says meanwhile that it is somebody else, that stands.
	const { rows } = await sql<{ id: string; participants: Conversation["participants"]; started_at: Date }>`
		select id, document -> 'participants' as participants, started_at from conversations
		where id > ${after} order by id limit ${mostAtOnce} for share`.execute(trx);
	const found = rows.flatMap(({ id, participants, started_at }) =>
		contactsOf({ participants }).map((contact) => ({ address: contactKey(contact), id, at: started_at })),
	);
	if (found.length > 0)
		await sql`insert into conversation_addresses (address, conversation_id, started_at)
			select * from unnest(${found.map((one) => one.address)}::text[], ${found.map((one) => one.id)}::text[],
				${found.map((one) => one.at)}::timestamptz[]) on conflict do nothing`.execute(trx);
	return rows.length < mostAtOnce ? undefined : rows.at(-1)?.id;
}

/** Where a list of the latest goes on. */
interface Place {
	startedAt: Date;
	id: string;
}

interface Latest {
	/** Addresses, and keys of contacts. */
	addresses: readonly string[];
	since: Date;
	/** Those that began no later. */
	until: Date;
	after?: Place | undefined;
	limit: number;
}

/** The latest conversations with one of the addresses, newest first: of each as many as are asked for are read, and no more. */
export async function latestWith(
	db: Db | Trx,
	{ addresses, since, until, after, limit }: Latest,
): Promise<Array<Place & { conversation: Conversation }>> {
	const further = after ? sql`(started_at, conversation_id) < (${after.startedAt}, ${after.id})` : sql`true`;
	const { rows } = await sql<{ document: Conversation; id: string; started_at: Date }>`
		select c.document, c.id, a.started_at from (
			select distinct conversation_id, started_at from unnest(${[...addresses]}::text[]) as asked (key) cross join lateral (
				select conversation_id, started_at from conversation_addresses
				where address = asked.key and started_at >= ${since} and started_at <= ${until} and ${further}
				order by started_at desc, conversation_id desc limit ${limit}) latest
			order by started_at desc, conversation_id desc limit ${limit}) a
		join conversations c on c.id = a.conversation_id order by a.started_at desc, c.id desc`.execute(db);
	return rows.map(({ document, id, started_at }) => ({ conversation: document, id, startedAt: started_at }));
}
