import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		sign_in_devices: { device: string; user_id: string; last_at: Date };
	}
}

/** Devices by hash, and the users who have signed in with them. */
export const deviceStore = {
	async has(db: Db, wanted: { device: string; userId: string; since: Date }): Promise<boolean> {
		const found = await db
			.selectFrom("sign_in_devices")
			.select("device")
			.where("device", "=", wanted.device)
			.where("user_id", "=", wanted.userId)
			.where("last_at", ">", wanted.since)
			.executeTakeFirst();
		return found !== undefined;
	},
	async keep(trx: Trx, { device, userId, at }: { device: string; userId: string; at: Date }): Promise<void> {
		await trx
			.insertInto("sign_in_devices")
			.values({ device, user_id: userId, last_at: at })
			.onConflict((conflict) => conflict.columns(["device", "user_id"]).doUpdateSet({ last_at: at }))
			.execute();
	},
	/** Those that were last seen before `before`, and of the others all but the latest `most`. */
	async removeOld(trx: Trx, { userId, before, most }: { userId: string; before: Date; most: number }): Promise<void> {
		await sql`delete from sign_in_devices where user_id = ${userId} and (last_at < ${before} or device in (
			select device from sign_in_devices where user_id = ${userId} order by last_at desc, device offset ${most}
		))`.execute(trx);
	},
	async removeAll(trx: Trx, userId: string): Promise<void> {
		await trx.deleteFrom("sign_in_devices").where("user_id", "=", userId).execute();
	},
};
