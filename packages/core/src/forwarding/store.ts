import type { Selectable } from "kysely";
import { sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { Migrations } from "../kernel/database/migrations.ts";
import type { AfterForwarding, CallForwarding, ForwardingLimits, StoredRoute } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		call_forwarding: {
			user_id: string;
			enabled: boolean;
			calls: StoredRoute[];
			voicemail: AfterForwarding;
			modified_at: Date;
		};
		call_forwarding_limits: { id: number; version: number; limits: Partial<ForwardingLimits> };
	}
}

export const forwardingMigrations: Migrations = {
	"2840_call_forwarding": {
		async up(db) {
			await sql`create table call_forwarding (
				user_id text primary key, enabled boolean not null,
				calls jsonb not null, voicemail text not null, modified_at timestamptz not null
			)`.execute(db);
			await sql`create table call_forwarding_limits (
				id int primary key check (id = 1), version int not null default 1, limits jsonb not null
			)`.execute(db);
			await sql`insert into call_forwarding_limits (id, limits) values (1, '{}')`.execute(db);
		},
	},
};

export interface ForwardingStore {
	/** By user; who never had any is left out. */
	find(db: Db | Trx, userIds: readonly string[]): Promise<Map<string, CallForwarding>>;
	/** Who of these has their calls forwarded just now. */
	forwarding(db: Db | Trx, userIds: readonly string[]): Promise<ReadonlySet<string>>;
	/** Who has their calls forwarded to one of these users, by their phone or number. */
	leadingTo(db: Db | Trx, userIds: readonly string[]): Promise<string[]>;
	/** Of everybody who has their calls forwarded. */
	enabled(db: Db | Trx): Promise<CallForwarding[]>;
	/** One setting is saved at a time, so that two cannot close a loop together. */
	lock(trx: Trx): Promise<void>;
	save(trx: Trx, forwarding: CallForwarding): Promise<void>;
}

export const forwardingStore: ForwardingStore = {
	async find(db, userIds) {
		if (userIds.length === 0) return new Map();
		const rows = await db
			.selectFrom("call_forwarding")
			.selectAll()
			.where("user_id", "in", [...userIds])
			.execute();
		return new Map(rows.map((row) => [row.user_id, toForwarding(row)]));
	},

	async forwarding(db, userIds) {
		if (userIds.length === 0) return new Set();
		const rows = await db
			.selectFrom("call_forwarding")
			.select("user_id")
			.where("user_id", "in", [...userIds])
			.where("enabled", "=", true)
			.execute();
		return new Set(rows.map((row) => row.user_id));
	},

	async leadingTo(db, userIds) {
		const rows = await db
			.selectFrom("call_forwarding")
			.select("user_id")
			.where("enabled", "=", true)
			.where((row) =>
				row.or(userIds.map((id) => sql<boolean>`calls @> ${JSON.stringify([{ targets: [{ userId: id }] }])}::jsonb`)),
			)
			.execute();
		return rows.map((row) => row.user_id).filter((id) => !userIds.includes(id));
	},

	async enabled(db) {
		const rows = await db.selectFrom("call_forwarding").selectAll().where("enabled", "=", true).execute();
		return rows.map(toForwarding);
	},

	async lock(trx) {
		await trx.selectFrom("call_forwarding_limits").select("id").where("id", "=", 1).forUpdate().execute();
	},

	async save(trx, { userId, enabled, calls, voicemail, modifiedAt }) {
		const values = { enabled, calls: JSON.stringify(calls) as never, voicemail, modified_at: modifiedAt };
		await trx
			.insertInto("call_forwarding")
			.values({ user_id: userId, ...values })
			.onConflict((conflict) => conflict.column("user_id").doUpdateSet(values))
			.execute();
	},
};

function toForwarding(row: Selectable<Tables["call_forwarding"]>): CallForwarding {
	const { user_id: userId, enabled, calls, voicemail, modified_at: modifiedAt } = row;
	return { userId, enabled, calls, voicemail, modifiedAt };
}
