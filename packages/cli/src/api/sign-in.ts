/** How a command gets a token: it is handed one, or signs in as a client of programs. Secrets come from the environment alone. */
import { type ApiPlace, ApiPlaceError } from "./place.ts";

/** Variables of the environment that are read: `INLAY_TOKEN`, or `INLAY_CLIENT_ID` with `INLAY_CLIENT_SECRET`. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Gives the token to send; asked again after the server has refused the last one. */
export type TokenSource = (refused?: string) => Promise<string>;

/** Whether the environment says who signs in. */
export function hasCredentials({ INLAY_TOKEN, INLAY_CLIENT_ID, INLAY_CLIENT_SECRET }: Environment): boolean {
	return Boolean(INLAY_TOKEN || (INLAY_CLIENT_ID && INLAY_CLIENT_SECRET));
}

/** @throws ApiPlaceError where the environment says nothing, or half of it */
export function tokenSource(place: ApiPlace, env: Environment): TokenSource {
	const { INLAY_TOKEN: token, INLAY_CLIENT_ID: id, INLAY_CLIENT_SECRET: secret } = env;
	if (token) {
		return async (refused) => {
			if (refused === token)
				throw new ApiPlaceError("The server does not accept INLAY_TOKEN: it is wrong, or has expired.");
			return token;
		};
	}
	if (!id || !secret) {
		throw new ApiPlaceError(
			"Say who signs in: set INLAY_CLIENT_ID and INLAY_CLIENT_SECRET (an OAuth client with client credentials), or INLAY_TOKEN.",
		);
	}
	let current: Promise<string> | undefined;
	let last: string | undefined;
	return async (refused) => {
		if (!current || (refused !== undefined && refused === last)) current = clientCredentials(place, id, secret);
		try {
			last = await current;
		} catch (error) {
			current = undefined;
			throw error;
		}
		return last;
	};
}

/** RFC 6749, 4.4. */
async function clientCredentials({ login }: ApiPlace, id: string, secret: string): Promise<string> {
	const answer = await fetch(new URL("/oauth/token", login), {
		method: "POST",
		headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
		signal: AbortSignal.timeout(30_000),
	}).catch((error: unknown) => {
		throw new ApiPlaceError(`Nobody answers at ${login}: ${reasonOf(error)}`);
	});
	const body = (await answer.json().catch(() => ({}))) as { access_token?: string; error_description?: string };
	if (answer.ok && typeof body.access_token === "string") return body.access_token;
	throw new ApiPlaceError(
		`The client INLAY_CLIENT_ID could not sign in at ${login} (${answer.status}${body.error_description ? `: ${body.error_description}` : ""}).`,
	);
}

/** What the network said, rather than “fetch failed”. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause instanceof Error ? error.cause : error;
	return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
