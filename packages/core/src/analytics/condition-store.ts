import { type RawBuilder, sql } from "kysely";
import type { Condensed, Condition, NumericRange } from "./filters.ts";

export type Sql = RawBuilder<unknown>;

/** Where a query finds what its conditions speak of. */
export interface Places {
	/** The value of a dimension as text, or null. */
	text(name: string): Sql;
	/** Of a dimension with several values: a condition that one of them is it. */
	listed?(name: string, value: string): Sql | undefined;
	/** A dimension that is simply absent where it does not hold. */
	isFlag?(name: string): boolean;
	/** Whether there is any value of the dimension. */
	has(name: string): Sql;
	/** A condition on a metric, which `holds` makes of its value. */
	metric(name: string, holds: (value: Sql) => Sql): Sql;
}

/**
 * The condition in SQL, for a `where`: what has no value is null there, and is as good as false. Said as `false`, no index of
 * the dimension would be looked at. Names come from a vocabulary, values are sent apart.
 */
export function conditionSql({ mode, parts }: Condensed, places: Places): Sql {
	const each = parts.map((part) => ("parts" in part ? conditionSql(part, places) : one(part, places)));
	return sql`(${sql.join(each, mode === "and" ? sql` and ` : sql` or `)})`;
}

function one({ of, name, comparison }: Condition, places: Places): Sql {
	if (of === "metric") {
		if (comparison.kind === "has" && !comparison.wanted)
			return sql`not ${places.metric(name, (value) => sql`${value} is not null`)}`;
		return places.metric(name, (value) => {
			if (comparison.kind === "has") return sql`${value} is not null`;
			if (comparison.kind === "is") return sql`${value} = ${comparison.value}::bigint`;
			return withinSql(value, comparison.range);
		});
	}
	if (comparison.kind === "has") return comparison.wanted ? places.has(name) : sql`not ${places.has(name)}`;
	// A range of a dimension has been refused.
	const value = comparison.kind === "is" ? comparison.value : "";
	const listed = places.listed?.(name, value);
	if (listed) return listed;
	return places.isFlag?.(name)
		? sql`coalesce(${places.text(name)}, 'false') = ${value.toLowerCase()}`
		: sql`${places.text(name)} = ${value}`;
}

/** All bounds that the range names. */
export function withinSql(value: Sql, { gt, gte, lt, lte }: NumericRange): Sql {
	const bounds = [
		...(gt === undefined ? [] : [sql`${value} > ${gt}::float8`]),
		...(gte === undefined ? [] : [sql`${value} >= ${gte}::float8`]),
		...(lt === undefined ? [] : [sql`${value} < ${lt}::float8`]),
		...(lte === undefined ? [] : [sql`${value} <= ${lte}::float8`]),
	];
	return sql`(${sql.join(bounds, sql` and `)})`;
}
