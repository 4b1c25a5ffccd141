import type { JsonSchema } from "@inlay/contract";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { FastifySchemaCompiler } from "fastify";
import { ApiError, type ErrorDetail } from "./api-error.ts";
import { readUrlValues } from "./url-values.ts";

// Nothing is bent: a JSON body says what it means, and text from the URL has its own reader.
const ajv = new Ajv({ coerceTypes: false, useDefaults: true, allErrors: true, strict: false });

/** A value was refused by a route's schema. */
class Refused extends Error {
	readonly errors: ErrorObject[];
	readonly part: string;
	constructor(errors: ErrorObject[], part: string) {
		super("refused by schema");
		this.errors = errors;
		this.part = part;
	}
}

/** A schema is compiled when the first value comes: a server has hundreds of them, and a start should not wait for all. */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
	const part = httpPart ?? "body";
	let check: ValidateFunction | undefined;
	return (value: unknown) => {
		check ??= ajv.compile(bounded(schema) as object);
		if (part !== "body") readUrlValues(schema as JsonSchema, value);
		return check(value) ? true : { error: new Refused(check.errors ?? [], part) };
	};
};

/** The columns behind whole numbers hold 32 bits; what is larger is refused by name instead of by the database. */
const largestInteger = 2_147_483_647;

/** The schema with limits on every whole number that has none of its own. */
function bounded(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(bounded);
	if (typeof schema !== "object" || schema === null) return schema;
	const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, bounded(value)]));
	return copy.type === "integer" ? { minimum: -largestInteger, maximum: largestInteger, ...copy } : copy;
}

/** 400 with every refused field named (platform-api 4.3); undefined when `error` is something else. */
export function refusedByValidation(error: unknown): ApiError | undefined {
	const refused =
		error instanceof Refused
			? error
			: (error as { validation?: unknown } | null)?.validation instanceof Refused
				? (error as { validation: Refused }).validation
				: undefined;
	if (!refused) return undefined;
	const code = refused.part === "querystring" ? "invalid.query.param.value" : "constraint.validation";
	const byField = sentencesOf(refused.errors);
	const fields = [...byField.keys()];
	return new ApiError(400, code, `Refused: {fields}. ${[...byField.values()].join("; ")}.`, {
		params: { fields: fields.join(", ") },
		details: fields.map((fieldName): ErrorDetail => ({ errorCode: code, fieldName })),
	});
}

/** One sentence for each field, however many rules and alternatives it has failed. */
function sentencesOf(errors: readonly ErrorObject[]): Map<string, string> {
	const reasons = new Map<string, Set<string>>();
	for (const error of errors) {
		// That none of several alternatives holds follows from what each of them says.
		if (error.keyword === "anyOf" || error.keyword === "oneOf") continue;
		const field = fieldOf(error);
		reasons.set(field, (reasons.get(field) ?? new Set()).add(error.message ?? "is not valid"));
	}
	return new Map([...reasons].map(([field, why]) => [field, `${field} ${joined(why)}`]));
}

/** `must be string`, `must be null` → `must be string or null`: they are the alternatives that a field has. */
function joined(why: ReadonlySet<string>): string {
	const types = [...why].filter((one) => one.startsWith(mustBe)).map((one) => one.slice(mustBe.length));
	const rest = [...why].filter((one) => !one.startsWith(mustBe));
	return [...(types.length > 0 ? [`${mustBe}${types.join(" or ")}`] : []), ...rest].join(", ");
}

const mustBe = "must be ";

function fieldOf(error: ErrorObject): string {
	const path = error.instancePath.slice(1).replaceAll("/", ".");
	const missing = (error.params as { missingProperty?: string }).missingProperty;
	if (missing) return path ? `${path}.${missing}` : missing;
	return path || "body";
}
