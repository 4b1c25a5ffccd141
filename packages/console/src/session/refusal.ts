import type { ApiError } from "./api.ts";

/** Whether a refusal is about one of these fields of the API, or about something within one. */
export function isAbout(error: ApiError | undefined, ...fields: readonly string[]): boolean {
	return error?.fields.some((named) => isWithin(named, fields)) ?? false;
}

/** Whether it is about these fields, and no others: whoever shows it beside them has shown it whole. */
export function isAboutNothingElse(error: ApiError | undefined, ...fields: readonly string[]): boolean {
	return isAbout(error, ...fields) && (error?.fields.every((named) => isWithin(named, fields)) ?? false);
}

function isWithin(named: string, fields: readonly string[]): boolean {
	return fields.some((field) => named === field || named.startsWith(`${field}.`));
}
