import {
	type Compilable,
	type CompiledQuery,
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type RawBuilder,
} from "kysely";
import type { Db, Tables, Trx } from "../database/database.ts";
import type { Call } from "./batch.ts";
import { runOn, writeOn } from "./transaction.ts";

/**
 * A statement that is built once, and kept prepared by every connection that has run it.
 *
 * For what runs often and finds its rows by key: PostgreSQL may plan it once and for all, so the plan must depend neither
 * on the values nor on how full a table is (docs/decisions/0012-hot-statements.md).
 */
export interface Prepared<Values, Row> {
	all(on: Db | Trx, values: Values): Promise<Row[]>;
	first(on: Db | Trx, values: Values): Promise<Row | undefined>;
	/** Without rows: runs with what is asked next in the transaction, at the latest its commit, which fails if this does. */
	write(trx: Trx, values: Values): Promise<void>;
}

/** For building queries, not for running them. */
const builder = new Kysely<Tables>({
	dialect: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new PostgresIntrospector(db),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
});

let count = 0;

/**
 * @param build makes the query; where a value is to stand, it puts `values.<key>`. It is called once, so nothing but the
 * values can differ from one run to the next.
 */
export function prepared<Values extends object, Row = unknown>(
	build: (db: Db, values: Values) => Compilable<Row> | RawBuilder<Row>,
): Prepared<Values, Row> {
	const name = `inlay-${++count}`;
	let template: Template<Values> | undefined;

	function callOf(values: Values): Call {
		template ??= templateOf(build);
		const sent = template.valuesOf(values);
		const { ofOne } = template;
		if (!ofOne?.lists.every((index) => isListOfOne(sent[index]))) return { name, text: template.text, values: sent };
		for (const index of ofOne.lists) sent[index] = (sent[index] as unknown[])[0];
		return { name: `${name}-one`, text: ofOne.text, values: sent };
	}
	const all = async (on: Db | Trx, values: Values) => (await runOn(on, callOf(values))).rows as Row[];
	return {
		all,
		first: async (on, values) => (await all(on, values))[0],
		write: (trx, values) => writeOn(trx, callOf(values)),
	};
}

interface Template<Values> {
	text: string;
	valuesOf(values: Values): unknown[];
	/** The statement where each of its lists holds one element, and which of its values are these lists. */
	ofOne?: { text: string; lists: number[] } | undefined;
}

/**
 * A list of unknown length counts as ten for PostgreSQL, so a plan for one element looks cheaper than the one for all
 * times, and is made anew at each run, which costs more than the run: such a statement asks for the element itself.
 */
function ofOneIn(text: string): Template<unknown>["ofOne"] {
	const lists: number[] = [];
	const single = text.replace(/= any\(\$(\d+)(::\w+)?(?:\[\])?\)/g, (_all, place: string, type = "") => {
		lists.push(Number(place) - 1);
		return `= $${place}${type}`;
	});
	return lists.length > 0 ? { text: single, lists } : undefined;
}

function isListOfOne(value: unknown): boolean {
	return Array.isArray(value) && value.length === 1;
}

function templateOf<Values extends object>(
	build: (db: Db, values: Values) => Compilable | RawBuilder<unknown>,
): Template<Values> {
	const keys = new Map<unknown, keyof Values>();
	const places = new Proxy({} as Values, {
		get(_values, key) {
			// A symbol is no value of PostgreSQL's, so that Kysely takes it as it is and it is told from constants.
			const place = Symbol(String(key));
			keys.set(place, key as keyof Values);
			return place;
		},
	});
	const { sql, parameters } = compiled(build(builder, places));
	return {
		text: sql,
		ofOne: ofOneIn(sql),
		valuesOf: (values) => parameters.map((one) => (keys.has(one) ? values[keys.get(one) as keyof Values] : one)),
	};
}

function compiled(query: Compilable | RawBuilder<unknown>): CompiledQuery {
	return "isRawBuilder" in query ? query.compile(builder) : query.compile();
}
