import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { DkimKey } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		email_dkim_keys: {
			domain: string;
			selector: string;
			state: DkimKey["state"];
			public_key: string;
			/** The private key, sealed; of one that signs no more there is none. */
			secret: Buffer | null;
			created_at: Date;
			ended_at: Date | null;
		};
	}
}

/** The keys of domains: one at most of each state. */
export const dkimStore = {
	/** The one that signs first, then the one that waits. */
	async of(db: Db, domain: string): Promise<DkimKey[]> {
		const all = db.selectFrom("email_dkim_keys").selectAll().where("domain", "=", domain);
		const order = sql`array_position(array['signing', 'waiting', 'ended'], state)`;
		return (await all.orderBy(order).execute()).map((row) => ({
			...{ domain: row.domain, selector: row.selector, state: row.state, publicKey: row.public_key },
			createdAt: row.created_at,
			...(row.ended_at ? { endedAt: row.ended_at } : {}),
		}));
	},

	/** Those by which domains sign, sealed. */
	async signing(db: Db, domains: readonly string[]): Promise<Map<string, { selector: string; secret: Buffer }>> {
		const all = db.selectFrom("email_dkim_keys").select(["domain", "selector", "secret"]);
		const rows = await all.where("state", "=", "signing").where("domain", "in", domains).execute();
		return new Map(rows.flatMap(({ domain, selector, secret }) => (secret ? [[domain, { selector, secret }]] : [])));
	},

	async add(trx: Trx, { domain, selector, publicKey, createdAt }: DkimKey, secret: Buffer): Promise<void> {
		const row = { domain, selector, public_key: publicKey, secret, created_at: createdAt };
		await trx
			.insertInto("email_dkim_keys")
			.values({ ...row, state: "waiting", ended_at: null })
			.execute();
	},

	/** The one that waits signs from now on; of the one before the private half is gone. */
	async activate(trx: Trx, domain: string, at: Date): Promise<void> {
		await trx.deleteFrom("email_dkim_keys").where("domain", "=", domain).where("state", "=", "ended").execute();
		const end = trx.updateTable("email_dkim_keys").set({ state: "ended", secret: null, ended_at: at });
		await end.where("domain", "=", domain).where("state", "=", "signing").execute();
		const begin = trx.updateTable("email_dkim_keys").set({ state: "signing" });
		await begin.where("domain", "=", domain).where("state", "=", "waiting").execute();
	},

	/** @returns whether there was one */
	async remove(trx: Trx, domain: string, selector: string): Promise<boolean> {
		const from = trx.deleteFrom("email_dkim_keys").where("domain", "=", domain);
		return (await from.where("selector", "=", selector).executeTakeFirst()).numDeletedRows > 0n;
	},
};

/** To whom a private key belongs where it is sealed. */
export function sealedFor(domain: string, selector: string): string {
	return `${domain}/${selector}`;
}
