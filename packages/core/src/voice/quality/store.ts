import type { CallQualityFigures, CallQualityView } from "@inlay/contract";
import { sql } from "kysely";
import type { Db, Trx } from "../../kernel/database/database.ts";
import type { Migrations } from "../../kernel/database/migrations.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		call_quality: {
			conversation_id: string;
			user_id: string;
			part_id: string;
			figures: unknown;
			changed_at: Date;
		};
	}
}

export const callQualityMigrations: Migrations = {
	"2600_call_quality": {
		async up(db) {
			await sql`create table call_quality (
				conversation_id text not null references conversations (id) on delete cascade,
				user_id text not null,
				part_id text not null,
				figures jsonb not null,
				changed_at timestamptz not null,
				primary key (conversation_id, user_id, part_id)
			)`.execute(db);
		},
	},
};

export interface QualityPart {
	conversationId: string;
	userId: string;
	partId: string;
	figures: CallQualityFigures;
}

/** Where figures are kept: one row per connection of a phone in a conversation. */
export const callQualityStore = {
	/**
	 * Keeps a part, or its newer figures.
	 * @param most parts that a user may have in a conversation
	 * @returns false where they have so many already
	 */
	async save(trx: Trx, part: QualityPart, at: Date, most: number): Promise<boolean> {
		const { conversationId, userId, partId } = part;
		const figures = JSON.stringify(part.figures);
		const { rows } = await sql`
			insert into call_quality as q (conversation_id, user_id, part_id, figures, changed_at)
			select ${conversationId}, ${userId}, ${partId}, ${figures}::jsonb, ${at}
			where (select count(*) from call_quality where conversation_id = ${conversationId} and user_id = ${userId}
				and part_id <> ${partId}) < ${most}::int
			on conflict (conversation_id, user_id, part_id) do update
				set figures = excluded.figures, changed_at = excluded.changed_at
			returning 1`.execute(trx);
		return rows.length > 0;
	},

	/** All parts of a conversation, the oldest first. */
	async list(db: Db, conversationId: string): Promise<CallQualityView[]> {
		const rows = await db
			.selectFrom("call_quality")
			.selectAll()
			.where("conversation_id", "=", conversationId)
			.orderBy("changed_at")
			.execute();
		return rows.map((row) => ({
			...(row.figures as CallQualityFigures),
			partId: row.part_id,
			userId: row.user_id,
			dateModified: row.changed_at.toISOString(),
		}));
	},
};
