import { type ColumnType, sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { seal, unseal } from "../kernel/sealing.ts";
import type { ImapServer } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_mailboxes: {
			route_id: string;
			server: ColumnType<Omit<ImapServer, "password">, string, string>;
			/** The password, sealed. */
			secret: Buffer | null;
			version: ColumnType<number, number | undefined, number>;
			/** Up to where its mails were taken; 64 bits, which drivers tell as text. */
			uid_validity: ColumnType<string, string | undefined, string>;
			uid: ColumnType<string, string | undefined, string>;
			/** When it was set up, or became another one. */
			since: ColumnType<Date, Date, Date>;
		};
	}
}

/** A mailbox that one of our addresses has, as it is kept. */
export interface KeptMailbox {
	routeId: string;
	server: ImapServer;
	version: number;
	/** When it was set up, or became another one: what had come and was read before is nobody's work. */
	since: Date;
}

/** Up to where the mails of a mailbox were taken (RFC 3501, 2.3.1.1): of another validity, none was. */
export interface MailboxPlace {
	validity: number;
	uid: number;
}

/** Mailboxes, and up to where each was read. @param keyOf what seals their passwords */
export function mailboxesStore(db: Db, keyOf: (on: Db) => Promise<Buffer>) {
	const owner = (routeId: string) => `mailbox:${routeId}`;
	return {
		async all(on: Db = db): Promise<KeptMailbox[]> {
			const rows = await on.selectFrom("email_mailboxes").selectAll().orderBy("route_id").execute();
			const key = rows.length > 0 ? await keyOf(on) : undefined;
			return rows.map(({ route_id: routeId, version, server, secret, since }) => {
				const password = secret && key ? unseal(key, owner(routeId), secret) : undefined;
				return { routeId, version, since, server: { ...server, ...(password ? { password } : {}) } };
			});
		},
		async of(routeId: string, on: Db = db): Promise<KeptMailbox | undefined> {
			return (await this.all(on)).find((one) => one.routeId === routeId);
		},
		/** @param isOther what was read of the one before counts no more: it is another mailbox */
		async save(trx: Trx, { routeId, server, version, since }: KeptMailbox, isOther: boolean): Promise<void> {
			const { password, ...told } = server;
			const secret = password ? seal(await keyOf(trx), owner(routeId), password) : null;
			const place = isOther ? { uid_validity: "0", uid: "0", since } : {};
			const row = { server: JSON.stringify(told), secret, version, ...place };
			await trx
				.insertInto("email_mailboxes")
				.values({ route_id: routeId, since, ...row })
				.onConflict((conflict) => conflict.column("route_id").doUpdateSet(row))
				.execute();
		},
		async delete(trx: Trx, routeId: string): Promise<void> {
			await trx.deleteFrom("email_mailboxes").where("route_id", "=", routeId).execute();
		},
		/** @returns undefined where there is no such mailbox */
		async place(routeId: string): Promise<MailboxPlace | undefined> {
			const all = db.selectFrom("email_mailboxes").select(["uid_validity", "uid"]).where("route_id", "=", routeId);
			const row = await all.executeTakeFirst();
			return row && { validity: Number(row.uid_validity), uid: Number(row.uid) };
		},
		/** Never back within one validity: whoever is late does not have mails taken again. */
		async advance(trx: Trx, routeId: string, { validity, uid }: MailboxPlace): Promise<void> {
			await sql`update email_mailboxes set uid = case when uid_validity = ${validity} then greatest(uid, ${uid}) else ${uid} end,
				uid_validity = ${validity} where route_id = ${routeId}`.execute(trx);
		},
	};
}

export type MailboxesStore = ReturnType<typeof mailboxesStore>;
