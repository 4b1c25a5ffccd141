import { badField } from "./http/api-error.ts";

/** Whether what is posted goes to the server to which it went before; nothing posted is nowhere else. */
export function isSamePlace(url: string | null | undefined, before: string | undefined): boolean {
	const origin = (text: string | undefined) => text && URL.parse(text)?.origin;
	return !url || origin(url) === origin(before);
}

interface Server {
	host: string;
	port: number;
	security: string;
	user?: string | null | undefined;
}

/** Whether somebody signs in at the server, and as the user, at which they did before: behind another port another program listens. */
export function isSameServer(now: Server, before: Server | undefined): boolean {
	const names = ["host", "port", "security"] as const;
	return (
		before !== undefined &&
		names.every((name) => now[name] === before[name]) &&
		(now.user ?? "") === (before.user ?? "")
	);
}

/**
 * A secret that is not told stays, and only for the place, and the user there, for which it was given: whoever may change an
 * address would have it sent to one of their own otherwise. Everything that keeps a secret for somewhere else asks here.
 * @param given null takes it away
 * @throws ApiError 400 naming the field
 */
export function keptSecret(
	field: string,
	given: string | null | undefined,
	before: string | undefined,
	isSame: boolean,
): string | null | undefined {
	if (given !== undefined || before === undefined || isSame) return given === undefined ? before : given;
	throw badField(field, `${field} was given for another place or user: give it anew, or null to keep none.`);
}
