import { createHash, randomBytes } from "node:crypto";
import { seal, unseal } from "../kernel/sealing.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { AuthorizeRequest } from "../oauth/authorize-request.ts";
import type { SsoKeys } from "./keys.ts";
import { SsoRefused } from "./model.ts";

/** How long somebody has at the provider's page, ms. */
const lifetimeMs = 15 * 60_000;

const mostCharacters = 3_900;

/** What a browser carries to a provider and back. */
export interface RoundTrip {
	/** Of this one sign-in: it lets in once. */
	id: string;
	providerId: string;
	/** What somebody wants to sign in to; absent where an administrator only tries the provider. */
	request?: AuthorizeRequest;
	/** The administrator who tries it. */
	trialOf?: string;
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
export function createRoundTrips(clock: Clock, keyOf: SsoKeys) {
	return {
		/** @returns the state that the provider gives back, and the cookie to set */
		async begin(
			content: Omit<RoundTrip, "id" | "verifier" | "nonce" | "requestId">,
			crossSitePost: boolean,
		): Promise<{ state: string; trip: RoundTrip; cookie: string }> {
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
			const text = JSON.stringify({ ...trip, expiresAt });
			const value = seal(await keyOf("round-trip"), state, text).toString("base64url");
			// A SAML provider's answer is posted by its page, for which browsers send no cookie that is not `None`.
			const site = crossSitePost ? "None" : "Lax";
			// Browsers take no longer one: a client has sent more state than comes back.
			if (value.length > mostCharacters)
				throw new SsoRefused("sso-other-browser", { detail: "the request is too long" });
			const cookie = `${cookieName(state)}=${value}; Path=/; Max-Age=${lifetimeMs / 1000}; Secure; HttpOnly; SameSite=${site}`;
			return { state, trip, cookie };
		},
		/** @returns undefined where this browser has not begun it, or too long ago */
		async read(state: string | undefined, cookies: string | undefined): Promise<RoundTrip | undefined> {
			if (state === undefined || !/^[\w-]{43}$/.test(state)) return undefined;
			const name = `${cookieName(state)}=`;
			const found = (cookies ?? "").split(/;\s*/).find((each) => each.startsWith(name));
			if (!found) return undefined;
			try {
				const sealed = Buffer.from(found.slice(name.length), "base64url");
				const { expiresAt, ...trip } = JSON.parse(unseal(await keyOf("round-trip"), state, sealed)) as RoundTrip & {
					expiresAt: number;
				};
				return expiresAt > clock.now().getTime() ? trip : undefined;
			} catch {
				return undefined;
			}
		},
		/** Takes the cookie from the browser: what has come back does not come again. */
		forget: (state: string) => `${cookieName(state)}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`,
	};
}

export type RoundTrips = ReturnType<typeof createRoundTrips>;

/** One for each, so that two windows do not disturb each other. `__Host-`: of this host alone. */
function cookieName(state: string): string {
	return `__Host-inlay-sso-${createHash("sha256").update(state).digest("hex").slice(0, 16)}`;
}
