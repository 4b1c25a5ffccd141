import type { Db, Trx } from "../kernel/database/database.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		out_of_office: {
			user_id: string;
			active: boolean;
			indefinite: boolean;
			starts_at: Date | null;
			ends_at: Date | null;
		};
	}
}

/** When somebody is away, as they have said themselves. */
export interface OutOfOffice {
	active: boolean;
	/** There is no end yet. */
	indefinite: boolean;
	startDate?: Date;
	endDate?: Date;
}

export const outOfOfficeStore = {
	/** By user; who never said anything is left out. */
	async find(db: Db, userIds: readonly string[]): Promise<Map<string, OutOfOffice>> {
		if (userIds.length === 0) return new Map();
		const rows = await db
			.selectFrom("out_of_office")
			.selectAll()
			.where("user_id", "in", [...userIds])
			.execute();
		return new Map(
			rows.map(({ user_id, active, indefinite, starts_at, ends_at }) => [
				user_id,
				{
					active,
					indefinite,
					...(starts_at ? { startDate: starts_at } : {}),
					...(ends_at ? { endDate: ends_at } : {}),
				},
			]),
		);
	},

	async save(trx: Trx, userId: string, { active, indefinite, startDate, endDate }: OutOfOffice): Promise<void> {
		const row = { active, indefinite, starts_at: startDate ?? null, ends_at: endDate ?? null };
		await trx
			.insertInto("out_of_office")
			.values({ user_id: userId, ...row })
			.onConflict((conflict) => conflict.column("user_id").doUpdateSet(row))
			.execute();
	},
};
