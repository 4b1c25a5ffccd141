import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from "kysely";
import { expect, test } from "vitest";
import { conditionSql, type Places } from "./condition-store.ts";

const db = new Kysely<never>({
	dialect: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (of) => new PostgresIntrospector(of),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
});
const places: Places = {
	text: (name) => sql.ref(name),
	has: (name) => sql`(${sql.ref(name)} is not null)`,
	metric: (_name, is) => is(sql`value`),
};

test("a filter by one queue or one agent read all segments: said so that no index of theirs was looked at", () => {
	const is = (name: string, value: string) => ({ of: "dimension", name, comparison: { kind: "is", value } }) as const;
	const { sql: text, parameters } = conditionSql(
		{ mode: "or", parts: [is("queue_id", "q"), is("user_id", "u")] },
		places,
	).compile(db);
	expect([text, parameters]).toEqual(['("queue_id" = $1 or "user_id" = $2)', ["q", "u"]]);
});
