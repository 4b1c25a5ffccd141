import type { Db, Trx } from "../kernel/database/database.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_signatures: { user_id: string; text: string };
	}
}

/** What agents stand under their mails with, each their own. */
export const signatureStore = {
	async of(db: Db, userId: string): Promise<string> {
		const all = db.selectFrom("email_signatures").select("text").where("user_id", "=", userId);
		return (await all.executeTakeFirst())?.text ?? "";
	},

	/** Empty: they have none. */
	async save(trx: Trx, userId: string, text: string): Promise<void> {
		if (text === "") {
			await trx.deleteFrom("email_signatures").where("user_id", "=", userId).execute();
			return;
		}
		await trx
			.insertInto("email_signatures")
			.values({ user_id: userId, text })
			.onConflict((conflict) => conflict.column("user_id").doUpdateSet({ text }))
			.execute();
	},
};
