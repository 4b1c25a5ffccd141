import type { ApiError } from "./api.ts";

/** Whether a refusal is about one of these fields of the API, or about something within one. */
export function isAbout(error: ApiError | undefined, ...fields: readonly string[]): boolean {
	const within = (named: string, field: string) => named === field || named.startsWith(`${field}.`);
	return error?.fields.some((named) => fields.some((field) => within(named, field))) ?? false;
}
