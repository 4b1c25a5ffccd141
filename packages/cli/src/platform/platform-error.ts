/** What an organization says no by. */
export class PlatformError extends Error {
	/** Of HTTP; 0 where nobody has answered. */
	readonly status: number;
	/** Stable, such as `version.conflict`. */
	readonly code: string;

	constructor(status: number, code: string, text: string) {
		super(text);
		this.status = status;
		this.code = code;
	}
}

/** The request was looked at and cannot be: neither is the server at fault nor does another try help. */
export function isRefusal({ status }: PlatformError): boolean {
	return status >= 400 && status < 500 && status !== 429;
}

/**
 * Of a request for many it may be about one of them: without that one it may be done. Whoever is not let in, or may not, is refused
 * for all of them, however few they are; but in a division of one of them they may lack what they hold where the others are.
 */
export function mayBeAboutOne(error: unknown): boolean {
	if (!(error instanceof PlatformError) || !isRefusal(error) || error.status === 401) return false;
	return error.status !== 403 || error.code === "missing.division.permission";
}

/** What the network said, rather than “fetch failed”. */
export function causeOf(error: unknown): string {
	const { cause, message } = error as Error;
	return cause instanceof Error && cause.message !== "" ? cause.message : message;
}

interface ErrorBody {
	code?: unknown;
	message?: unknown;
	details?: { fieldName?: unknown }[];
	error?: unknown;
	error_description?: unknown;
	description?: unknown;
}

/** Its sentence, with the fields that it names. @param what the request, as people read it */
export function errorOf(status: number, text: string, what: string): PlatformError {
	const { code, message, details, error, error_description, description } = parsed(text);
	const fields = (Array.isArray(details) ? details : []).flatMap(({ fieldName }) =>
		typeof fieldName === "string" ? [fieldName] : [],
	);
	const said = [message, error_description, description, error].find((one) => typeof one === "string" && one !== "");
	const sentence = typeof said === "string" ? said : `${what} was answered with ${status}`;
	const unnamed = fields.filter((field) => !sentence.includes(field));
	const start = unnamed.length > 0 ? `${unnamed.join(", ")}: ` : "";
	return new PlatformError(status, String(code ?? error ?? status), `${start}${sentence.replace(/\.?$/, ".")}`);
}

function parsed(text: string): ErrorBody {
	try {
		const value = JSON.parse(text) as unknown;
		return typeof value === "object" && value !== null ? (value as ErrorBody) : {};
	} catch {
		return {};
	}
}
