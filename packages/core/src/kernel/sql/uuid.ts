import { type RawBuilder, sql } from "kysely";

const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What somebody has named, to be found by an index of ids; null, which is nobody's, where it cannot be an id. */
export function asUuid(text: string): RawBuilder<string | null> {
	return pattern.test(text) ? sql`${text}::uuid` : sql`null::uuid`;
}
