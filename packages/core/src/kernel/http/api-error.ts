/** One field that was refused, as the platform reports it (platform-api 4.3, `Detail`). */
export interface ErrorDetail {
	errorCode: string;
	fieldName?: string;
	entityId?: string;
	entityName?: string;
}

/** `ErrorBody` of platform-api 4.3, the only shape in which this server refuses. */
export interface ErrorBody {
	message: string;
	code: string;
	status: number;
	messageWithParams?: string;
	messageParams?: Record<string, string>;
	contextId: string;
	details: ErrorDetail[];
	errors: ErrorBody[];
	entityId?: string;
	entityName?: string;
}

export interface ApiErrorOptions {
	/** Substitutions of `{name}` in the message template. */
	params?: Record<string, string>;
	details?: ErrorDetail[];
	entityId?: string;
	entityName?: string;
	/** What was asked may have been done all the same: its `Idempotency-Key` does nothing a second time. */
	mayBeDone?: true;
	/** Extra answer headers, e.g. `retry-after`. */
	headers?: Record<string, string>;
}

/** A refusal with a stable code. Domain rules throw it; the HTTP kernel turns it into an `ErrorBody`. */
export class ApiError extends Error {
	readonly status: number;
	readonly code: string;
	readonly template: string;
	readonly options: ApiErrorOptions;

	constructor(status: number, code: string, template: string, options: ApiErrorOptions = {}) {
		super(fill(template, options.params ?? {}));
		this.name = "ApiError";
		this.status = status;
		this.code = code;
		this.template = template;
		this.options = options;
	}

	body(contextId: string): ErrorBody {
		const { params, details, entityId, entityName } = this.options;
		return {
			message: this.message,
			code: this.code,
			status: this.status,
			...(params ? { messageWithParams: this.template, messageParams: params } : {}),
			...(entityId ? { entityId } : {}),
			...(entityName ? { entityName } : {}),
			contextId,
			details: details ?? [],
			errors: [],
		};
	}
}

function fill(template: string, params: Record<string, string>): string {
	return template.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

/** 404 `not.found` for a named thing. */
export function notFound(entityName: string, entityId: string): ApiError {
	return new ApiError(404, "not.found", "No {entityName} with id {entityId}.", {
		params: { entityName, entityId },
		entityId,
		entityName,
	});
}

/** 404 of an address at which there is nothing. @param address as it was asked for; its query is not told */
export function nothingAt(method: string, address: string): ApiError {
	const path = (address.split("?", 1)[0] ?? "").slice(0, 500);
	return new ApiError(404, "not.found", "Nothing is served at {method} {path}.", { params: { method, path } });
}

/** 400 for one bad field; `code` defaults to `invalid.value`. */
export function badField(fieldName: string, text: string, code = "invalid.value"): ApiError {
	return new ApiError(400, code, text, { details: [{ errorCode: code, fieldName }] });
}

/**
 * 400 `not.supported`: what the contract knows and Inlay does not do yet is refused by name, never taken and dropped.
 * @param names fields and parameters; a parameter with its value as `sortBy=title`
 */
export function notSupported(names: readonly string[]): ApiError {
	const few = names.slice(0, 20);
	return new ApiError(
		400,
		"not.supported",
		"Inlay does not have this yet: {fields}. Nothing was changed; leave it away and send the rest.",
		{
			params: { fields: few.join(", ") },
			details: few.map((name) => ({ errorCode: "not.supported", fieldName: name.split("=", 1)[0] ?? name })),
		},
	);
}

/** 409: somebody else changed it first (platform-api 4.4, optimistic locking). */
export function versionConflict(entityName: string, entityId: string, sent: number, current: number): ApiError {
	return new ApiError(
		409,
		"version.conflict",
		"The {entityName} was changed meanwhile: version {sent} was sent, {current} is current. Read it again and repeat.",
		{ params: { entityName, sent: String(sent), current: String(current) }, entityId, entityName },
	);
}

/** 409 `resource.already.exists`. */
export function alreadyExists(entityName: string, fieldName: string, value: string): ApiError {
	return new ApiError(409, "resource.already.exists", "A {entityName} with {fieldName} {value} exists already.", {
		params: { entityName, fieldName, value },
		details: [{ errorCode: "resource.already.exists", fieldName, entityName }],
		entityName,
	});
}

/** Does something, and gives back what refuses it; what fails otherwise is thrown. */
export async function refusalOf(work: () => Promise<unknown>): Promise<ApiError | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		if (error instanceof ApiError && error.status < 500) return error;
		throw error;
	}
}
