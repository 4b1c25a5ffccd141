import { type Static, Type } from "typebox";
import { badField, notSupported } from "../kernel/http/api-error.ts";

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const bound = Type.Optional(Type.Number());
const andOr = Type.Union([Type.Literal("and"), Type.Literal("or")]);

const predicate = Type.Object({
	type: text(50),
	dimension: text(100),
	metric: text(100),
	operator: Type.Optional(Type.Union([Type.Literal("matches"), Type.Literal("exists"), Type.Literal("notExists")])),
	value: text(1_000),
	range: Type.Optional(Type.Object({ gt: bound, gte: bound, lt: bound, lte: bound })),
});
const predicates = Type.Array(predicate, { maxItems: 200 });

/** A filter as the platform's queries spell it: clauses and predicates, all or one of which must hold. */
export const filterBody = Type.Object({
	type: andOr,
	clauses: Type.Optional(Type.Array(Type.Object({ type: andOr, predicates }), { maxItems: 50 })),
	predicates: Type.Optional(predicates),
});

/** What is compared: `has` that there is any. */
export type Comparison =
	| { kind: "is"; value: string }
	| { kind: "has"; wanted: boolean }
	| { kind: "within"; range: NumericRange };

export interface NumericRange {
	gt?: number;
	gte?: number;
	lt?: number;
	lte?: number;
}

/** One condition on a dimension or a metric. */
export interface Condition {
	of: "dimension" | "metric";
	name: string;
	comparison: Comparison;
}

/** All of these, or any of them. */
export interface Condensed {
	mode: "and" | "or";
	parts: Array<Condition | Condensed>;
}

/** What a query may ask of: names of dimensions and metrics. */
export interface Vocabulary {
	dimensions: ReadonlySet<string>;
	/** Of which can only be asked whether there is one. */
	merelyThere?: ReadonlySet<string>;
	metrics: ReadonlySet<string>;
}

/**
 * @param field where the filter stands, for refusals
 * @throws ApiError 400 `not.supported` for what is not measured or known here, `invalid.value` for what makes no sense
 */
export function readFilter(filter: Static<typeof filterBody>, vocabulary: Vocabulary, field: string): Condensed {
	const { clauses = [], predicates: own = [], type } = filter;
	if (clauses.length + own.length === 0) throw badField(field, `${field} has neither clauses nor predicates.`);
	return {
		mode: type,
		parts: [
			...clauses.map((clause) => ({
				mode: clause.type,
				parts: nonEmpty(clause.predicates, `${field}.clauses.predicates`).map((one) =>
					readPredicate(one, vocabulary, `${field}.clauses.predicates`),
				),
			})),
			...own.map((one) => readPredicate(one, vocabulary, `${field}.predicates`)),
		],
	};
}

function nonEmpty<T>(list: readonly T[], field: string): readonly T[] {
	if (list.length > 0) return list;
	throw badField(field, `${field} is empty.`);
}

function readPredicate(one: Static<typeof predicate>, vocabulary: Vocabulary, field: string): Condition {
	const { type = one.metric === undefined ? "dimension" : "metric", dimension, metric } = one;
	if (type !== "dimension" && type !== "metric") throw notSupported([`${field}.type=${type}`]);
	const name = type === "dimension" ? dimension : metric;
	if (!name) throw badField(`${field}.${type}`, `A predicate of the type ${type} names a ${type}.`);
	if (type === "dimension" ? metric !== undefined : dimension !== undefined)
		throw badField(field, "A predicate names a dimension or a metric, not both.");
	const known = type === "dimension" ? vocabulary.dimensions : vocabulary.metrics;
	if (!known.has(name)) throw notSupported([`${field}.${type}=${name}`]);
	const comparison = readComparison(one, type, field);
	if (comparison.kind !== "has" && vocabulary.merelyThere?.has(name))
		throw notSupported([`${field}.${name}.operator=matches`]);
	return { of: type, name, comparison };
}

function readComparison(
	{ operator = "matches", value, range }: Static<typeof predicate>,
	type: "dimension" | "metric",
	field: string,
): Comparison {
	if (operator !== "matches") {
		if (value !== undefined || range) throw badField(`${field}.operator`, `${operator} takes neither value nor range.`);
		return { kind: "has", wanted: operator === "exists" };
	}
	if (range && value !== undefined) throw badField(`${field}.value`, "A predicate has a value or a range, not both.");
	if (range) {
		if (type === "dimension") throw notSupported([`${field}.range`]);
		if (Object.values(range).length === 0) throw badField(`${field}.range`, "A range has at least one bound.");
		return { kind: "within", range };
	}
	if (value === undefined) throw badField(`${field}.value`, `${field} with matches needs a value or a range.`);
	if (type === "metric" && !/^\d{1,15}$/.test(value))
		throw badField(`${field}.value`, "A metric's value is a whole number.");
	return { kind: "is", value };
}
