import { type Generated, type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../../kernel/database/database.ts";
import type { SignedIn } from "./signed-token.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		message_guests: {
			id: string;
			address_id: string;
			/** SHA-256 of the secret that the browser keeps. */
			token_hash: string;
			created_at: Date;
			ended_at: Date | null;
			/** Of who is signed in with the page. */
			subject: string | null;
			name: string | null;
			email: string | null;
			/** To whom what was said was sent, as hashes; while a mail is on its way, followed by a blank and the mail's id. */
			mailed: Generated<string[]>;
		};
	}
}

/** Somebody who writes by a messenger, in one session. */
export interface Guest {
	/** Also what the exchange knows the customer by. */
	id: string;
	addressId: string;
	createdAt: Date;
	/** The customer has ended the session. */
	endedAt?: Date;
	/** Who they are by the page's own sign-in; absent for guests. */
	signedIn?: SignedIn;
}

/** Sessions of messengers, as they are kept. */
export const guestStore = {
	async add(trx: Trx, { id, addressId, createdAt, signedIn }: Guest, tokenHash: string): Promise<void> {
		const { subject = null, name = null, email = null } = signedIn ?? {};
		const who = { subject, name, email };
		const row = { id, address_id: addressId, token_hash: tokenHash, created_at: createdAt, ended_at: null, ...who };
		await trx.insertInto("message_guests").values(row).execute();
	},

	async byToken(db: Db, addressId: string, tokenHash: string): Promise<Guest | undefined> {
		const all = db.selectFrom("message_guests").selectAll().where("token_hash", "=", tokenHash);
		return toGuest(await all.where("address_id", "=", addressId).executeTakeFirst());
	},

	/** The session of who is signed in, where one goes on; until the change ends nobody begins another one for them. */
	async bySubject(trx: Trx, addressId: string, subject: string): Promise<Guest | undefined> {
		await sql`select pg_advisory_xact_lock(hashtextextended(${`guest:${addressId}:${subject}`}, 0))`.execute(trx);
		const all = trx.selectFrom("message_guests").selectAll().where("address_id", "=", addressId);
		return toGuest(await all.where("subject", "=", subject).where("ended_at", "is", null).executeTakeFirst());
	},

	async get(db: Db, id: string): Promise<Guest | undefined> {
		return toGuest(await db.selectFrom("message_guests").selectAll().where("id", "=", id).executeTakeFirst());
	},

	/** Removes so many of those begun before that in which nothing was written since. @returns how many */
	async prune(trx: Trx, before: Date, most: number): Promise<number> {
		const { numAffectedRows } = await sql`delete from message_guests where id in (
			select g.id from message_guests g where g.created_at < ${before} and not exists (
				select 1 from message_threads t
				where t.address_id = g.address_id and t.their = g.id and t.last_at >= ${before}
			) limit ${most}
		)`.execute(trx);
		return Number(numAffectedRows ?? 0);
	},

	/** @returns false, and notes nothing, where so many other addresses are noted already */
	async beginMail(trx: Trx, id: string, { key, mailId, most }: NotedMail & { most: number }): Promise<boolean> {
		const mailed = await mailedOf(trx, id);
		const others = new Set(mailed.map((one) => one.split(" ")[0]));
		if (!others.has(key) && others.size >= most) return false;
		await noteMailed(trx, id, [...mailed, `${key} ${mailId}`]);
		return true;
	},

	async endMail(trx: Trx, id: string, { key, mailId, isSent }: NotedMail & { isSent: boolean }): Promise<void> {
		const others = (await mailedOf(trx, id)).filter((one) => one !== `${key} ${mailId}`);
		await noteMailed(trx, id, isSent ? [...new Set([...others, key])] : others);
	},

	async end(trx: Trx, id: string, at: Date): Promise<void> {
		const one = trx.updateTable("message_guests").set({ ended_at: at }).where("id", "=", id);
		await one.where("ended_at", "is", null).execute();
	},
};

/** A mail of what was said. */
interface NotedMail {
	/** The address's hash. */
	key: string;
	mailId: string;
}

/** Held until the change ends. */
async function mailedOf(trx: Trx, id: string): Promise<string[]> {
	const one = trx.selectFrom("message_guests").select("mailed").where("id", "=", id).forUpdate();
	return (await one.executeTakeFirst())?.mailed ?? [];
}

async function noteMailed(trx: Trx, id: string, mailed: string[]): Promise<void> {
	await trx.updateTable("message_guests").set({ mailed }).where("id", "=", id).execute();
}

function toGuest(row: Selectable<Tables["message_guests"]> | undefined): Guest | undefined {
	if (!row) return undefined;
	const { id, address_id: addressId, created_at: createdAt, ended_at: endedAt } = row;
	const { subject, name, email } = row;
	const known = subject && { subject, ...(name ? { name } : {}), ...(email ? { email } : {}) };
	return { id, addressId, createdAt, ...(endedAt ? { endedAt } : {}), ...(known ? { signedIn: known } : {}) };
}
