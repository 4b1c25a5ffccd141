import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { FastifyRequest, FastifySchemaCompiler } from "fastify";
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
	const check: ValidateFunction = ajv.compile(schema);
	return (value: unknown) => {
		if (check(value)) return true;
		return { error: new Refused(check.errors ?? [], httpPart ?? "body") };
	};
};

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

/** Text that PostgreSQL cannot keep: U+0000, or half of a surrogate pair. Undefined when `error` is something else. */
export function unstorableText(error: unknown): ApiError | undefined {
	const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
	const badJson = code === "22P02" && /\bjson\b/.test(String(message));
	if (code !== "22021" && code !== "22P05" && !badJson) return undefined;
	return new ApiError(400, "invalid.value", "Texts may not contain the character U+0000 or unpaired surrogates.");
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

/** JSON bodies; an empty one is allowed, as the SDK sends none with some POSTs (platform-api 1.4). */
export function readJson(
	_request: FastifyRequest,
	body: string | Buffer,
	done: (error: Error | null, value?: unknown) => void,
): void {
	const text = body.toString();
	if (text.trim() === "") {
		done(null, undefined);
		return;
	}
	try {
		done(null, JSON.parse(text, withoutPrototype));
	} catch {
		done(new ApiError(400, "bad.request", "The body is not well-formed JSON."));
	}
}

/** Drops keys with which a body could reach an object's prototype. */
function withoutPrototype(key: string, value: unknown): unknown {
	return key === "__proto__" ? undefined : value;
}

/** The HTTP layer's own refusals of a body: too large, or of a media type nobody reads. */
export function bodyTooLarge(error: unknown): ApiError | undefined {
	const status = (error as { statusCode?: number } | null)?.statusCode;
	if (status === 413)
		return new ApiError(413, "request.entity.too.large", "The body is larger than this operation accepts.");
	if (status === 415) return new ApiError(415, "unsupported.media.type", "Send the body as application/json.");
	if (status === 400) return new ApiError(400, "bad.request", "The request could not be read.");
	return undefined;
}
