import type { Database, Trx } from "../kernel/database.ts";

declare module "../kernel/database.ts" {
	interface Tables {
		sign_in_failures: { username: string; failures: number; last_at: Date; blocked_until: Date };
	}
}

/** How often a user name has been tried in vain, and until when it is blocked. */
export interface Failures {
	failures: number;
	blockedUntil: Date;
}

/** Failed attempts by user name, in lower case. */
export const failureStore = {
	/** Locks the name's failures, so that attempts in parallel are counted one after the other. */
	async change(
		{ db }: Database,
		attempt: { username: string; now: Date; forgetBefore: Date },
		decide: (before: Failures) => Failures,
	): Promise<Failures> {
		const { username, now, forgetBefore } = attempt;
		return db.transaction().execute(async (trx) => {
			await removeOld(trx, forgetBefore);
			// The insert makes sure that there is a row to lock, whoever comes first.
			await trx
				.insertInto("sign_in_failures")
				.values({ username, failures: 0, last_at: now, blocked_until: now })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
			const row = await trx
				.selectFrom("sign_in_failures")
				.selectAll()
				.where("username", "=", username)
				.forUpdate()
				.executeTakeFirstOrThrow();
			const failures = row.last_at < forgetBefore ? 0 : row.failures;
			const before = { failures, blockedUntil: row.blocked_until };
			const after = decide(before);
			await trx
				.updateTable("sign_in_failures")
				.set({ failures: after.failures, blocked_until: after.blockedUntil, last_at: now })
				.where("username", "=", username)
				.execute();
			return before;
		});
	},
	async forget({ db }: Database, username: string): Promise<void> {
		await db.deleteFrom("sign_in_failures").where("username", "=", username).execute();
	},
};

/** Names nobody tries any more. Rows that another attempt holds are left to it: two attempts never wait for each other's. */
async function removeOld(trx: Trx, before: Date): Promise<void> {
	await trx
		.deleteFrom("sign_in_failures")
		.where("username", "in", (old) =>
			old
				.selectFrom("sign_in_failures")
				.select("username")
				.where("last_at", "<", before)
				.limit(100)
				.forUpdate()
				.skipLocked(),
		)
		.execute();
}
