import { createHash, randomBytes } from "node:crypto";
import { cookieIn, cookiesIn } from "../kernel/http/cookies.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { AuthorizeRequest } from "../oauth/authorize-request.ts";
import { SsoRefused } from "./model.ts";
import type { SealedTickets } from "./tickets.ts";

/** How long somebody has at the provider's page, ms. */
const lifetimeMs = 15 * 60_000;

/** Browsers take no longer cookie. */
const mostCharacters = 3_900;
/** Servers in between take 8 kB of headers: of this there are no more in one browser, the newest; names and values together. */
const mostAtOnce = 5;
const mostCharactersAtOnce = 6_500;

/** What a browser carries to a provider and back. */
export interface RoundTrip {
	/** Of this one sign-in: it lets in once. */
	id: string;
	providerId: string;
	/** What somebody wants to sign in to; absent where an administrator only tries the provider. */
	request?: AuthorizeRequest;
	/** PKCE (RFC 7636) and OpenID Connect. */
	verifier: string;
	nonce: string;
	/** Of the SAML request that was sent. */
	requestId: string;
}

/**
 * What belongs to a `state` (OpenID) or `RelayState` (SAML) is in a cookie of the browser that began, sealed: what comes
 * back in another browser opens nothing, nobody reads or alters it, and nothing is kept here before somebody is known.
 */
export function createRoundTrips(clock: Clock, tickets: SealedTickets) {
	return {
		/**
		 * @param options.cookies what the browser carries already: the oldest beyond what it can carry go
		 * @returns the state that the provider gives back, and the cookies to set
		 */
		async begin(
			content: Omit<RoundTrip, "id" | "verifier" | "nonce" | "requestId">,
			options: { crossSitePost: boolean; cookies: string | undefined },
		): Promise<{ state: string; trip: RoundTrip; cookies: string[] }> {
			const random = () => randomBytes(32).toString("base64url");
			const state = random();
			const trip: RoundTrip = {
				...content,
				id: random(),
				verifier: random(),
				nonce: random(),
				requestId: `_${randomBytes(20).toString("hex")}`,
			};
			const expiresAt = clock.now().getTime() + lifetimeMs;
			const sealed = await tickets.make(state, trip, lifetimeMs);
			// When it ends is no secret: by it a browser's oldest is found without its state.
			const value = `${expiresAt.toString(36)}.${sealed}`;
			// A SAML provider's answer is posted by its page, for which browsers send no cookie that is not `None`.
			const site = options.crossSitePost ? "None" : "Lax";
			// A client's redirect URI and state are more than comes back.
			if (value.length > mostCharacters)
				throw new SsoRefused("sso-other-browser", { detail: "the request is too long" });
			const name = cookieName(state);
			const cookie = `${name}=${value}; Path=/; Max-Age=${lifetimeMs / 1000}; Secure; HttpOnly; SameSite=${site}`;
			const over = beyondRoom(unfinishedIn(options.cookies), name.length + value.length);
			return { state, trip, cookies: [cookie, ...over.map(gone)] };
		},
		/** @returns undefined where this browser has not begun it, or too long ago */
		async read(state: string | undefined, cookies: string | undefined): Promise<RoundTrip | undefined> {
			if (state === undefined || !/^[\w-]{43}$/.test(state)) return undefined;
			const found = cookieIn(cookies, cookieName(state));
			return found === undefined ? undefined : tickets.read<RoundTrip>(state, found.slice(found.indexOf(".") + 1));
		},
		/** Takes the cookie from the browser: what has come back does not come again. */
		forget: (state: string) => gone(cookieName(state)),
	};
}

export type RoundTrips = ReturnType<typeof createRoundTrips>;

interface Unfinished {
	name: string;
	/** Of name and value. */
	characters: number;
	expiresAt: number;
}

/** The round trips that a browser has begun and not ended, the newest first. */
function unfinishedIn(cookies: string | undefined): Unfinished[] {
	const own = cookiesIn(cookies).flatMap(({ name, value }) => {
		if (!/^__Host-inlay-sso-[\da-f]{16}$/.test(name)) return [];
		const expiresAt = Number.parseInt(/^([\da-z]{1,11})\./.exec(value)?.[1] ?? "0", 36);
		return [{ name, characters: name.length + value.length, expiresAt }];
	});
	return own.sort((a, b) => b.expiresAt - a.expiresAt);
}

/** Names of those for which there is no room beside one more. */
function beyondRoom(newestFirst: readonly Unfinished[], characters: number): string[] {
	let total = characters;
	const kept = newestFirst.findIndex((one, at) => {
		total += one.characters;
		return at >= mostAtOnce - 1 || total > mostCharactersAtOnce;
	});
	return kept < 0 ? [] : newestFirst.slice(kept).map(({ name }) => name);
}

function gone(name: string): string {
	return `${name}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`;
}

/** One for each, so that two windows do not disturb each other. `__Host-`: of this host alone. */
function cookieName(state: string): string {
	return `__Host-inlay-sso-${createHash("sha256").update(state).digest("hex").slice(0, 16)}`;
}
