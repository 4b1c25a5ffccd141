import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import "./tables.ts";

/** That somebody is still to be told of a message by email. */
export interface Notice {
	voicemailId: string;
	userId: string;
	attempts: number;
	tryAt?: Date;
}

interface Row {
	voicemail_id: string;
	user_id: string;
	attempts: number;
	try_at: Date | null;
}

export const noticeStore = {
	async add(trx: Trx, { voicemailId, userId }: Pick<Notice, "voicemailId" | "userId">): Promise<void> {
		await sql`insert into voicemail_notices (voicemail_id, user_id) values (${voicemailId}, ${userId})`.execute(trx);
	},
	async all(db: Db): Promise<Notice[]> {
		const { rows } = await sql<Row>`select * from voicemail_notices order by voicemail_id, user_id`.execute(db);
		return rows.map(toNotice);
	},
	async find(db: Db, { voicemailId, userId }: Pick<Notice, "voicemailId" | "userId">): Promise<Notice | undefined> {
		const { rows } = await sql<Row>`
			select * from voicemail_notices where voicemail_id = ${voicemailId} and user_id = ${userId}`.execute(db);
		return rows.map(toNotice)[0];
	},
	async postpone(trx: Trx, { voicemailId, userId }: Notice, next: { attempts: number; tryAt: Date }): Promise<boolean> {
		const { rows } = await sql`update voicemail_notices set attempts = ${next.attempts}, try_at = ${next.tryAt}
			where voicemail_id = ${voicemailId} and user_id = ${userId} returning user_id`.execute(trx);
		return rows.length > 0;
	},
	async remove(db: Db, { voicemailId, userId }: Notice): Promise<void> {
		await sql`delete from voicemail_notices where voicemail_id = ${voicemailId} and user_id = ${userId}`.execute(db);
	},
};

function toNotice({ voicemail_id, user_id, attempts, try_at }: Row): Notice {
	return { voicemailId: voicemail_id, userId: user_id, attempts, ...(try_at ? { tryAt: try_at } : {}) };
}
