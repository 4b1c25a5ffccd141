import type { Db, Trx } from "../kernel/database/database.ts";
import { nobodysAddress } from "./reading/plain.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_blocked_senders: { route_id: string; sender: string; user_id: string | null; at: Date };
	}
}

/** Somebody whose mails an address keeps aside. */
export interface BlockedSender {
	/** In small letters. */
	sender: string;
	/** Who said so. */
	userId?: string;
	at: Date;
}

/** As many as one address keeps off; whoever was blocked first is let in again after that. */
const mostBlocked = 10_000;

/** Whose mails somebody has called spam, by address. */
export const blockedStore = {
	/** @returns whether they were not blocked before */
	async add(trx: Trx, routeId: string, { sender, userId, at }: BlockedSender): Promise<boolean> {
		const added = await trx
			.insertInto("email_blocked_senders")
			.values({ route_id: routeId, sender, user_id: userId ?? null, at })
			.onConflict((conflict) => conflict.columns(["route_id", "sender"]).doNothing())
			.executeTakeFirst();
		const all = trx.selectFrom("email_blocked_senders").where("route_id", "=", routeId).orderBy("at", "desc");
		const old = all.select("sender").offset(mostBlocked);
		const from = trx.deleteFrom("email_blocked_senders").where("route_id", "=", routeId);
		await from.where("sender", "in", old).execute();
		return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
	},

	async has(db: Db, routeId: string, sender: string): Promise<boolean> {
		if (sender === nobodysAddress) return false;
		const all = db.selectFrom("email_blocked_senders").select("sender").where("route_id", "=", routeId);
		return (await all.where("sender", "=", sender).executeTakeFirst()) !== undefined;
	},

	/** Whoever was blocked last first. */
	async of(db: Db, routeId: string): Promise<BlockedSender[]> {
		const all = db.selectFrom("email_blocked_senders").selectAll().where("route_id", "=", routeId);
		const rows = await all.orderBy("at", "desc").orderBy("sender").execute();
		return rows.map(({ sender, user_id, at }) => ({ sender, at, ...(user_id ? { userId: user_id } : {}) }));
	},

	/** @returns whether they were blocked */
	async remove(trx: Trx, routeId: string, sender: string): Promise<boolean> {
		const from = trx.deleteFrom("email_blocked_senders").where("route_id", "=", routeId);
		const { numDeletedRows } = await from.where("sender", "=", sender).executeTakeFirst();
		return numDeletedRows > 0n;
	},
};
