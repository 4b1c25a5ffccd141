import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";

/** The setting by which a transaction says that its changes are to be noted. Others pay a look at it, and only in these tables. */
export const notingSetting = "inlay.audit";

/** From here on PostgreSQL notes what changes rows of these tables, within changes that are audited; for migrations. */
export async function notesChangesOf(db: Db, ...tables: readonly string[]): Promise<void> {
	for (const table of tables)
		await sql`create trigger audit_row after insert or update or delete on ${sql.table(table)} for each row
			when (current_setting(${sql.lit(notingSetting)}, true) = 'on') execute function audit_row()`.execute(db);
}
