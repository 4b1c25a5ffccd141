import { randomBytes } from "node:crypto";
import { type ColumnType, type Selectable, sql } from "kysely";
import { notesChangesOf } from "../../audit/noted-tables-store.ts";
import type { Db, Tables, Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";
import { seal, unseal } from "../../kernel/sealing.ts";
import type { KeptDialog } from "./calls/call.ts";
import type { KeptTrunk, TrunkSettings } from "./trunk-settings.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		sip_trunks: {
			id: string;
			name: string;
			settings: ColumnType<Omit<TrunkSettings, "id" | "name" | "password">, string, string>;
			/** The password, sealed. */
			secret: Buffer | null;
			version: ColumnType<number, number | undefined, number>;
		};
		sip_keys: { id: number; key: Buffer };
		sip_dialogs: {
			participant_id: string;
			conversation_id: string;
			trunk_id: string;
			/** With the keys of its sound, sealed. */
			dialog: ColumnType<Pick<KeptDialog, "dialog" | "timer" | "isSecret"> & { sealed?: string }, string, string>;
		};
	}
}

export const trunkMigrations: Migrations = {
	"5400_sip_trunks": {
		async up(db) {
			await sql`create table sip_trunks (
				id uuid primary key, name text not null unique, settings jsonb not null, secret bytea, version int not null default 1
			)`.execute(db);
			await sql`create table sip_keys (id int primary key check (id = 1), key bytea not null)`.execute(db);
			await sql`insert into sip_keys values (1, ${randomBytes(32)})`.execute(db);
			await sql`create table sip_dialogs (
				participant_id text primary key, conversation_id text not null, trunk_id text not null, dialog jsonb not null
			)`.execute(db);
			await notesChangesOf(db as Db, "sip_trunks");
		},
	},
};

/** Trunks as they are kept, and the calls by them that outlive this process. */
export function trunkStore(db: Db) {
	const keyOf = async (on: Db) => (await on.selectFrom("sip_keys").select("key").executeTakeFirstOrThrow()).key;

	async function toTrunks(rows: readonly Selectable<Tables["sip_trunks"]>[], on: Db): Promise<KeptTrunk[]> {
		const key = rows.some(({ secret }) => secret) ? await keyOf(on) : undefined;
		return rows.map(({ id, name, settings, secret, version }) => {
			return { ...settings, id, name, version, ...(secret && key ? passwordIn(key, id, secret) : {}) };
		});
	}

	return {
		async all(on: Db = db): Promise<KeptTrunk[]> {
			return toTrunks(await on.selectFrom("sip_trunks").selectAll().orderBy("name").orderBy("id").execute(), on);
		},
		async find(id: string, on: Db = db): Promise<KeptTrunk | undefined> {
			const rows = on.selectFrom("sip_trunks").selectAll().where(sql<string>`id::text`, "=", id);
			return (await toTrunks(await rows.execute(), on))[0];
		},
		/** Who makes or changes one waits for whoever does. */
		async lockAll(trx: Trx): Promise<void> {
			await sql`select pg_advisory_xact_lock(hashtextextended('sip_trunks', 0))`.execute(trx);
		},
		async save(trx: Trx, { id, name, version, password, passwordLost: _lost, ...settings }: KeptTrunk): Promise<void> {
			const secret = password === undefined ? null : seal(await keyOf(trx), id, password);
			const row = { name, settings: JSON.stringify(settings), secret, version };
			const add = trx.insertInto("sip_trunks").values({ id, ...row });
			await add.onConflict((conflict) => conflict.column("id").doUpdateSet(row)).execute();
		},
		async delete(trx: Trx, id: string): Promise<void> {
			await trx.deleteFrom("sip_trunks").where("id", "=", id).execute();
		},

		async dialogs(): Promise<KeptDialog[]> {
			const rows = await db.selectFrom("sip_dialogs").selectAll().execute();
			const key = await keyOf(db);
			return rows.map(({ dialog: { sealed, ...kept }, ...row }) => ({
				...kept,
				...keysIn(key, row.participant_id, sealed),
				participantId: row.participant_id,
				conversationId: row.conversation_id,
				trunkId: row.trunk_id,
			}));
		},
		async keepDialog({ participantId, conversationId, trunkId, keys = {}, ...kept }: KeptDialog): Promise<void> {
			const hasKeys = Object.keys(keys).length > 0;
			const sealed = hasKeys
				? seal(await keyOf(db), participantId, JSON.stringify(keys)).toString("base64")
				: undefined;
			const row = { conversation_id: conversationId, trunk_id: trunkId, dialog: JSON.stringify({ ...kept, sealed }) };
			const add = db.insertInto("sip_dialogs").values({ participant_id: participantId, ...row });
			await add.onConflict((conflict) => conflict.column("participant_id").doUpdateSet(row)).execute();
		},
		async forgetDialog(participantId: string): Promise<void> {
			await db.deleteFrom("sip_dialogs").where("participant_id", "=", participantId).execute();
		},
	};
}

export type TrunkStore = ReturnType<typeof trunkStore>;

/** One that cannot be read is its own trunk's trouble: the others go on. */
function passwordIn(key: Buffer, trunkId: string, sealed: Buffer): Pick<KeptTrunk, "password" | "passwordLost"> {
	try {
		return { password: unseal(key, trunkId, sealed) };
	} catch {
		return { passwordLost: true };
	}
}

/** Keys that cannot be read begin anew, and never in the clear: they keep nobody from starting. */
function keysIn(key: Buffer, participantId: string, sealed: string | undefined): Pick<KeptDialog, "keys" | "isSecret"> {
	if (sealed === undefined) return {};
	try {
		return {
			isSecret: true,
			keys: JSON.parse(unseal(key, participantId, Buffer.from(sealed, "base64"))) as Record<string, string>,
		};
	} catch {
		// What was encrypted stays so.
		return { isSecret: true };
	}
}
