import { type ColumnType, type Selectable, sql } from "kysely";
import type { MessageChannel } from "../conversations/message/model.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { referredQueues } from "../routing/queue-store.ts";
import type { AddressSettings, MessageAddress, ProviderName } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		message_addresses: {
			id: string;
			name: string;
			channel: MessageChannel;
			address: string;
			queue_id: string;
			provider: ProviderName;
			settings: ColumnType<AddressSettings, string, string>;
			version: ColumnType<number, number | undefined, number>;
		};
	}
}

type Row = Selectable<Tables["message_addresses"]>;

/** Our addresses, as they are kept. */
export function addressStore(db: Db) {
	return {
		async all(on: Db = db): Promise<MessageAddress[]> {
			return (await on.selectFrom("message_addresses").selectAll().orderBy("name").orderBy("id").execute()).map(
				toAddress,
			);
		},
		async find(id: string, on: Db = db): Promise<MessageAddress | undefined> {
			const row = await on.selectFrom("message_addresses").selectAll().where("id", "=", id).executeTakeFirst();
			return row && toAddress(row);
		},
		async lock(trx: Trx, id: string): Promise<MessageAddress | undefined> {
			const one = trx.selectFrom("message_addresses").selectAll().where("id", "=", id);
			const row = await one.forUpdate().executeTakeFirst();
			return row && toAddress(row);
		},
		/** Who makes or changes one waits for whoever does: of two that take one address at once the second finds the first. */
		async lockAll(trx: Trx): Promise<void> {
			await sql`select pg_advisory_xact_lock(hashtextextended('message_addresses', 0))`.execute(trx);
		},
		/** @returns false where there is no such queue: nothing is kept */
		async save(trx: Trx, { id, queueId, settings, ...address }: MessageAddress): Promise<boolean> {
			if (!(await referredQueues.hold(trx, [queueId])).has(queueId)) return false;
			const row = { ...address, queue_id: queueId, settings: JSON.stringify(settings) };
			await trx
				.insertInto("message_addresses")
				.values({ id, ...row })
				.onConflict((conflict) => conflict.column("id").doUpdateSet(row))
				.execute();
			return true;
		},
		async delete(trx: Trx, id: string): Promise<void> {
			await trx.deleteFrom("message_addresses").where("id", "=", id).execute();
		},
		/** The addresses that a queue answers, as they are called. */
		/** By name. */
		async into(trx: Trx, queueId: string): Promise<MessageAddress[]> {
			const into = trx.selectFrom("message_addresses").selectAll().where("queue_id", "=", queueId);
			return (await into.orderBy("name").execute()).map(toAddress);
		},
		async endQueue(trx: Trx, queueId: string): Promise<void> {
			await trx.deleteFrom("message_addresses").where("queue_id", "=", queueId).execute();
		},
	};
}

export type AddressStore = ReturnType<typeof addressStore>;

function toAddress({ queue_id: queueId, ...row }: Row): MessageAddress {
	return { ...row, queueId };
}
