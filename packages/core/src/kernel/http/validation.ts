import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { FastifySchemaCompiler } from "fastify";
import { ApiError, type ErrorDetail } from "./api-error.ts";

// Text from the URL becomes numbers and booleans; a JSON body says what it means and is not bent.
const urlAjv = new Ajv({ coerceTypes: true, useDefaults: true, allErrors: true, strict: false });
const bodyAjv = new Ajv({ coerceTypes: false, useDefaults: true, allErrors: true, strict: false });

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

export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
	const ajv = httpPart === "body" ? bodyAjv : urlAjv;
	const check: ValidateFunction = ajv.compile(bounded(schema) as object);
	return (value: unknown) => {
		if (check(value)) return true;
		return { error: new Refused(check.errors ?? [], httpPart ?? "body") };
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
	const details = refused.errors.map((one) => detail(one, code));
	const fields = [...new Set(details.map((one) => one.fieldName ?? "body"))].join(", ");
	return new ApiError(400, code, `Refused: {fields}. ${refused.errors.map(sentence).join("; ")}.`, {
		params: { fields },
		details,
	});
}

function detail(error: ErrorObject, code: string): ErrorDetail {
	return { errorCode: code, fieldName: fieldOf(error) };
}

function fieldOf(error: ErrorObject): string {
	const path = error.instancePath.slice(1).replaceAll("/", ".");
	const missing = (error.params as { missingProperty?: string }).missingProperty;
	if (missing) return path ? `${path}.${missing}` : missing;
	return path || "body";
}

function sentence(error: ErrorObject): string {
	return `${fieldOf(error)} ${error.message ?? "is not valid"}`;
}
