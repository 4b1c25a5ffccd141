import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import { ApiError } from "../../kernel/http/api-error.ts";
import { checkedJson } from "../../kernel/http/json-body.ts";
import type { MessengerSignIn } from "../model.ts";

/** Who a page says that its visitor is, by a token of the page's own sign-in. */
export interface SignedIn {
	/** The same person on every device. */
	subject: string;
	name?: string;
	email?: string;
}

/** A key of the page's sign-in. */
export type PublicJwk = JsonWebKey & { kid?: string; use?: string; alg?: string };

/** Clocks go a little wrong, seconds. */
const leeway = 60;
const longestSubject = 200;

/** How tokens may be signed (RFC 7518; 8037): none that a public key could make, and no `none`. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** As RFC 7518, 3.3 has it. */
const leastRsaBits = 2048;

/**
 * Reads a JWT (RFC 7519) that a page's own sign-in has given out for this messenger.
 * @param keysOf the issuer's, by the id that the token names
 * @throws ApiError 401 `message.signin.refused`
 */
export async function readSignedToken(
	token: string,
	{ issuer, audience }: Pick<MessengerSignIn, "issuer" | "audience">,
	keysOf: (kid: string | undefined) => Promise<readonly PublicJwk[]>,
	now: Date,
): Promise<SignedIn> {
	const { alg, kid } = headOf(token);
	const keys = await keysOf(typeof kid === "string" ? kid : undefined);
	const options: JWTVerifyOptions = { algorithms, issuer, audience, clockTolerance: leeway, currentDate: now };
	for (const jwk of keys) {
		const key = jwk.alg === undefined || jwk.alg === alg ? publicKeyOf(jwk) : undefined;
		const claims = key && (await claimsBy(token, key, options));
		if (claims) return signedInBy(claims);
	}
	throw new SignInRefused("signature", "It is signed by no key of the issuer.");
}

/** A public key that may sign; undefined for what is none, or so short that others could make its signatures. */
export function publicKeyOf(jwk: PublicJwk): KeyObject | undefined {
	try {
		const key = createPublicKey({ key: jwk, format: "jwk" });
		const { modulusLength = leastRsaBits } = key.asymmetricKeyDetails ?? {};
		return modulusLength < leastRsaBits ? undefined : key;
	} catch {
		return undefined;
	}
}

function headOf(token: string) {
	try {
		const head = decodeProtectedHeader(token);
		if (algorithms.includes(head.alg ?? "")) return head;
	} catch {
		throw new SignInRefused("malformed", "It is no token.");
	}
	throw new SignInRefused("algorithm", "Its form or algorithm is not taken.");
}

/** Undefined where another key of the issuer may have signed it. @throws SignInRefused for whatever no key would change */
async function claimsBy(token: string, key: KeyObject, options: JWTVerifyOptions): Promise<JWTPayload | undefined> {
	try {
		return (await jwtVerify(token, key, { ...options, requiredClaims: ["exp"] })).payload;
	} catch (error) {
		if (error instanceof errors.JOSEError && !(error instanceof errors.JWSSignatureVerificationFailed))
			throw refusalBy(error);
		// The signature is another key's, or the key is not of the kind that the algorithm needs.
		return undefined;
	}
}

const byClaim: Readonly<Record<string, [SignInReason, string]>> = {
	iss: ["issuer", "It is of another issuer."],
	aud: ["audience", "It is for another audience."],
	exp: ["expired", "Its time is over."],
	nbf: ["early", "Its time has not come."],
};

function refusalBy(error: errors.JOSEError): SignInRefused {
	if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
		const [reason, why] = byClaim[error.claim] ?? ["malformed", `Its claim ${error.claim} is not taken.`];
		return new SignInRefused(reason, why);
	}
	// Such as what the header says must be understood, and is not (RFC 7515, 4.1.11).
	if (error instanceof errors.JOSENotSupported || error instanceof errors.JOSEAlgNotAllowed)
		return new SignInRefused("algorithm", "Its form or algorithm is not taken.");
	return new SignInRefused("malformed", "It is no token.");
}

function signedInBy(claims: JWTPayload): SignedIn {
	requireStorable(claims);
	const { sub, name, email } = claims;
	if (typeof sub !== "string" || sub.trim() === "" || sub.length > longestSubject)
		throw new SignInRefused("subject", "It names nobody.");
	return {
		subject: sub,
		...(typeof name === "string" ? { name } : {}),
		...(typeof email === "string" ? { email } : {}),
	};
}

/** What no text of the API may hold, no claim may. */
function requireStorable(claims: JWTPayload): void {
	try {
		checkedJson(claims);
	} catch (error) {
		if (error instanceof ApiError) throw new SignInRefused("malformed", error.message);
		throw error;
	}
}

/** Why a token was not taken, as operators read it. */
type SignInReason =
	| "off"
	| "keys"
	| "malformed"
	| "algorithm"
	| "signature"
	| "issuer"
	| "audience"
	| "expired"
	| "early"
	| "subject";

/** 401 `message.signin.refused` */
export class SignInRefused extends ApiError {
	readonly reason: SignInReason;

	constructor(reason: SignInReason, why: string) {
		super(401, "message.signin.refused", `The page's sign-in was not taken: ${why}`);
		this.reason = reason;
	}
}
