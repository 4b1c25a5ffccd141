import { sql } from "kysely";
import type { Db } from "../kernel/database/database.ts";

/** Queues whose calls are to be transcribed, and the language that each says; empty where it says none. */
export async function queuesTranscribed(db: Db): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; language: string | null }>`
		select id, settings ->> 'inlayTranscriptionLanguage' as language
		from queues where settings @> '{"enableTranscription": true}'`.execute(db);
	return new Map(rows.map(({ id, language }) => [id, language ?? ""]));
}
