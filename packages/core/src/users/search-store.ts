import { folded, wantedWords } from "@inlay/contract/words";
import { type Expression, type SqlBool, sql } from "kysely";
import { foldedInSql } from "../kernel/database/folded.ts";
import { lowered } from "../kernel/database/lowered.ts";
import { badField } from "../kernel/http/api-error.ts";

/** One criterion of a search (`UserSearchCriteria`, `GroupSearchCriteria`). */
export interface SearchCriterion {
	type: string;
	fields?: string[];
	value?: string;
	values?: string[];
	/** How this one joins those before it: AND, OR or NOT; AND when absent. */
	operator?: string;
	group?: SearchCriterion[];
}

/** Which column a field of the search stands for. Only what stands here reaches SQL. */
export type SearchColumns = Readonly<Record<string, Expression<string | null>>>;

/** What can be searched. */
export interface Searched {
	columns: SearchColumns;
	/**
	 * A column with the folded text of these fields in this order, a `fieldMark` before, between and after them. What one of
	 * them holds it holds too, so a search in them looks through it alone, and at the fields only of what it finds there.
	 */
	together?: { column: Expression<string>; fields: readonly string[] };
}

/** Stands between fields that are searched together; in a field it becomes a space. */
export const fieldMark = "\u001f";

/** Criteria within each other; deeper ones are refused. */
const deepest = 5;
/** Texts of one search, in all its criteria: each is looked for in every name. As many as one list of `values` may have. */
const mostTexts = 200;

/**
 * Turns criteria into a condition. All criteria must hold; `operator` changes how one joins.
 * @throws ApiError 400 naming the field
 */
export function searchCondition(criteria: readonly SearchCriterion[], searched: Searched): Expression<SqlBool> {
	if (textsIn(criteria) > mostTexts)
		throw badField("query", `query may look for ${mostTexts} texts in all its criteria at most.`);
	return joinAll(criteria, searched, "query", 1);
}

function textsIn(criteria: readonly SearchCriterion[]): number {
	return criteria.reduce(
		(sum, { value, values = [], group = [] }) => sum + (value === undefined ? 0 : 1) + values.length + textsIn(group),
		0,
	);
}

function joinAll(
	criteria: readonly SearchCriterion[],
	searched: Searched,
	path: string,
	depth: number,
): Expression<SqlBool> {
	if (depth > deepest) throw badField(path, `Criteria may be nested ${deepest} deep at most.`);
	let joined: Expression<SqlBool> | undefined;
	criteria.forEach((criterion, index) => {
		const next = conditionOf(criterion, searched, `${path}.${index}`, depth);
		joined = joined ? join(joined, next, criterion.operator) : negatedIfNot(next, criterion.operator);
	});
	return joined ?? sql<SqlBool>`true`;
}

function join(left: Expression<SqlBool>, right: Expression<SqlBool>, operator: string | undefined) {
	switch ((operator ?? "AND").toUpperCase()) {
		case "OR":
			return sql<SqlBool>`(${left} or ${right})`;
		case "NOT":
			return sql<SqlBool>`(${left} and not ${right})`;
		default:
			return sql<SqlBool>`(${left} and ${right})`;
	}
}

function negatedIfNot(condition: Expression<SqlBool>, operator: string | undefined): Expression<SqlBool> {
	return operator?.toUpperCase() === "NOT" ? sql<SqlBool>`(not ${condition})` : condition;
}

function conditionOf(criterion: SearchCriterion, searched: Searched, path: string, depth: number): Expression<SqlBool> {
	if (criterion.group && criterion.group.length > 0) {
		return joinAll(criterion.group, searched, `${path}.group`, depth + 1);
	}
	const type = criterion.type.toUpperCase();
	if (type === "MATCH_ALL") return sql<SqlBool>`true`;
	const fields = fieldsOf(criterion, searched, path);
	if (type === "REQUIRED_FIELDS") return every(fields.map(({ column }) => sql<SqlBool>`coalesce(${column}, '') <> ''`));
	const values = valuesOf(criterion, path);
	const compare = comparisons[type];
	if (!compare) throw badField(`${path}.type`, `type must be one of ${knownTypes.join(", ")}.`);
	const found = some(fields.flatMap((field) => values.map((value) => compare(field, value))));
	const { together } = searched;
	if (!together || !criterion.fields?.every((field) => together.fields.includes(field))) return found;
	return sql<SqlBool>`(${some(values.map((value) => holds(together.column, compare, value)))} and ${found})`;
}

/** What every match of a comparison holds somewhere. PostgreSQL asks it first, as it is the cheaper of the two. */
function holds(column: Expression<string>, compare: Comparison, value: string): Expression<SqlBool> {
	const parts = partsOf(compare, value);
	return every(parts.map((part) => sql<SqlBool>`${column} like ${`%${part.replaceAll(/[\\%_]/g, "\\$&")}%`}`));
}

function partsOf(compare: Comparison, value: string): string[] {
	if (compare === words) return wantedWords(value);
	return compare === exact ? [`${fieldMark}${folded(value)}${fieldMark}`] : [folded(value)];
}

/** A field as it stands, and as it is compared. */
interface Field {
	column: Expression<string | null>;
	folded: Expression<string>;
}

type Comparison = (field: Field, value: string) => Expression<SqlBool>;

/** Letter case never counts; accents count for EXACT alone. */
const exact: Comparison = ({ column }, value) => sql<SqlBool>`(lower(coalesce(${column}, '')) = ${lowered(value)})`;
const contains: Comparison = (field, value) => sql<SqlBool>`(position(${folded(value)} in ${field.folded}) > 0)`;
const startsWith: Comparison = (field, value) => sql<SqlBool>`starts_with(${field.folded}, ${folded(value)})`;
/** The whole value, or one of its words. */
const term: Comparison = ({ folded: text }, value) => {
	const wanted = folded(value);
	return sql<SqlBool>`(${text} = ${wanted} or ${wanted} = any(regexp_split_to_array(${text}, '[\\s,;/()]+')))`;
};
/** Every word of what was typed, in any order. */
const words: Comparison = (field, value) => every(wantedWords(value).map((word) => contains(field, word)));

const comparisons: Readonly<Record<string, Comparison>> = {
	EXACT: exact,
	TERM: term,
	TERMS: term,
	CONTAINS: contains,
	STARTS_WITH: startsWith,
	QUERY_STRING: words,
	SIMPLE: words,
};

const knownTypes = [...Object.keys(comparisons), "REQUIRED_FIELDS", "MATCH_ALL"];

function fieldsOf({ fields }: SearchCriterion, { columns, together }: Searched, path: string): Field[] {
	if (!fields || fields.length === 0) throw badField(`${path}.fields`, `${path}.fields names no field.`);
	return fields.map((field) => {
		const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
		if (!column) {
			const known = Object.keys(columns).join(", ");
			throw badField(`${path}.fields`, `"${field.slice(0, 100)}" cannot be searched; these can: ${known}.`);
		}
		const place = together?.fields.indexOf(field) ?? -1;
		// Before the first mark there is nothing.
		const part = together && sql<string>`split_part(${together.column}, ${fieldMark}, ${place + 2})`;
		return { column, folded: part && place >= 0 ? part : foldedInSql(column) };
	});
}

function valuesOf({ value, values }: SearchCriterion, path: string): string[] {
	const all = values && values.length > 0 ? values : value === undefined ? [] : [value];
	if (all.length === 0) throw badField(`${path}.value`, `${path}.value is missing.`);
	return all;
}

function some(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
	if (conditions.length === 0) return sql<SqlBool>`false`;
	return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}

function every(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
	if (conditions.length === 0) return sql<SqlBool>`true`;
	return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}
