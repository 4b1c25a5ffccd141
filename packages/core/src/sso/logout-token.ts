import { decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { isAway } from "./causes.ts";
import type { OidcTrust } from "./model.ts";

/** What a provider says: a session there is over, or all of one person. */
export interface LogoutToken {
	/** Its `jti`: it counts once. */
	id: string;
	/** The session at the provider; absent where all of the person's are over. */
	sid?: string;
	subject?: string;
	/** From then on it is refused as too old anyway. */
	until: Date;
}

/** Nobody is signed out by it, and why: for operators, and for the provider's own log. */
export class LogoutTokenRefused extends Error {
	/** The provider's keys could not be had: it may try again. */
	readonly isAway: boolean;

	constructor(detail: string, { isAway = false, cause }: { isAway?: boolean; cause?: unknown } = {}) {
		super(detail, { cause });
		this.name = "LogoutTokenRefused";
		this.isAway = isAway;
	}
}

/** What makes it a logout token, and nothing else that the provider signs (Back-Channel Logout 1.0, 2.4). */
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";
/** None that a public key could make, and no `none`. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
/** Clocks of this server and a provider may differ by so much, as for ID tokens, in seconds. */
const toleranceSeconds = 60;
/** A provider that tries again for longer than this makes a new one. */
const longestAgeSeconds = 600;

/** Whom a token claims to be from and for, before anything of it is believed. @throws LogoutTokenRefused */
export function claimedOf(token: string): { issuer: string; audiences: readonly string[] } {
	try {
		const { iss = "", aud = [] } = decodeJwt(token);
		return { issuer: iss, audiences: [aud].flat() };
	} catch (cause) {
		throw new LogoutTokenRefused("it is no token", { cause });
	}
}

/** All of it is judged as the specification says (2.6) before any of it counts. @throws LogoutTokenRefused */
export async function readLogoutToken(
	token: string,
	{ issuer, clientId }: Pick<OidcTrust, "issuer" | "clientId">,
	keys: JWTVerifyGetKey,
	now: Date,
): Promise<LogoutToken> {
	const rules = { issuer, audience: clientId, algorithms, clockTolerance: toleranceSeconds, currentDate: now };
	const { payload, protectedHeader } = await jwtVerify(token, keys, {
		...rules,
		requiredClaims: ["iat", "jti"],
		maxTokenAge: longestAgeSeconds,
	}).catch((cause: unknown) => {
		throw refusalOf(cause);
	});
	// What says of itself that it is something else is none, whatever it holds.
	if (!/^(application\/)?(logout\+)?jwt$/i.test(protectedHeader.typ ?? "jwt")) throw new LogoutTokenRefused("typ");
	const { events, nonce, sid, sub, jti, iat = 0 } = payload;
	if (!isObject(events) || !isObject(events[logoutEvent])) throw new LogoutTokenRefused("events");
	// An ID token that somebody has kept is not to be used as one.
	if (nonce !== undefined) throw new LogoutTokenRefused("nonce");
	if (!isName(jti)) throw new LogoutTokenRefused("jti");
	if (sid !== undefined && !isName(sid)) throw new LogoutTokenRefused("sid");
	if (sub !== undefined && !isName(sub)) throw new LogoutTokenRefused("sub");
	if (sid === undefined && sub === undefined) throw new LogoutTokenRefused("neither sub nor sid");
	return {
		id: jti,
		...(sid === undefined ? {} : { sid }),
		...(sub === undefined ? {} : { subject: sub }),
		until: new Date((iat + longestAgeSeconds + toleranceSeconds) * 1000),
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
	return typeof value === "string" && value !== "" && value.length <= 500 && !/\p{Cc}/u.test(value);
}

/** Of what the library tells of the provider's keys rather than of the token. */
const ofKeys = new Set(["ERR_JOSE_GENERIC", "ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID"]);

/** A mistake of this server's stays what it is. */
function refusalOf(cause: unknown): unknown {
	if (isAway(cause)) return new LogoutTokenRefused("its keys could not be read", { isAway: true, cause });
	if (!(cause instanceof errors.JOSEError)) return cause;
	if (ofKeys.has(cause.code)) return new LogoutTokenRefused("its keys could not be read", { isAway: true, cause });
	if (cause instanceof errors.JWTClaimValidationFailed || cause instanceof errors.JWTExpired)
		return new LogoutTokenRefused(cause.claim, { cause });
	return new LogoutTokenRefused(cause.code, { cause });
}
