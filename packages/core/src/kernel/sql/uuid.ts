import { type RawBuilder, sql } from "kysely";
import { isUuid } from "../uuid.ts";

/** What somebody has named, to be found by an index of ids; null, which is nobody's, where it cannot be an id. */
export function asUuid(text: string): RawBuilder<string | null> {
	return isUuid(text) ? sql`${text}::uuid` : sql`null::uuid`;
}
