/**
 * JSON Schema as OpenAPI 3.0 words it. Our routes' schemas are JSON Schema 2020-12, which OpenAPI 3.1 takes as it is; but the
 * page that shows the document takes five times as long to read one of 3.1, and most generators of clients read 3.0 alone.
 */

type Schema = Record<string, unknown>;

/** Keywords whose value is one schema, several, or several by name. */
const single = ["items", "additionalProperties", "not"];
const lists = ["allOf", "anyOf", "oneOf"];

/** What OpenAPI 3.0 has no word for and validation alone needs. */
const unsaid = new Set(["$schema", "$id", "propertyNames"]);

/** The same schema in OpenAPI 3.0's words; what has none there (such as a rule for names) is left out. */
export function openApiSchema(schema: unknown): Schema {
	const { $ref, const: only, patternProperties, ...rest } = schema as Schema;
	const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !unsaid.has(key)));
	for (const key of single) if (isSchema(own[key])) own[key] = openApiSchema(own[key]);
	for (const key of lists) if (key in own) own[key] = (own[key] as unknown[]).map(openApiSchema);
	if ("properties" in own) own.properties = byName(own.properties as Schema);
	if (only !== undefined) own.enum = [only];
	if (patternProperties)
		own.additionalProperties = anyOf(Object.values(patternProperties as Schema).map(openApiSchema));
	if (own.type === "null") return { nullable: true, enum: [null] };
	return withNull($ref === undefined ? own : referring($ref, own));
}

function byName(properties: Schema): Schema {
	return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, openApiSchema(property)]));
}

function anyOf(schemas: Schema[]): Schema {
	return schemas.length === 1 && schemas[0] ? schemas[0] : { anyOf: schemas };
}

/** A reference stands alone: what is said beside it would be ignored. */
function referring($ref: unknown, beside: Schema): Schema {
	return Object.keys(beside).length === 0 ? { $ref } : { ...beside, allOf: [{ $ref }] };
}

/** "One of these, or null" is one of these that may be null. */
function withNull(schema: Schema): Schema {
	const choices = schema.anyOf as Schema[] | undefined;
	const others = choices?.filter((choice) => !isNull(choice));
	if (!choices || !others || others.length === choices.length) return schema;
	const { anyOf: _, ...rest } = schema;
	const [first] = others;
	if (others.length === 1 && first) {
		return "$ref" in first ? { ...rest, allOf: [first], nullable: true } : { ...first, ...rest, nullable: true };
	}
	return { ...rest, anyOf: others, nullable: true };
}

function isNull({ nullable, enum: values }: Schema): boolean {
	return nullable === true && Array.isArray(values) && values.length === 1 && values[0] === null;
}

function isSchema(value: unknown): boolean {
	return typeof value === "object" && value !== null;
}
