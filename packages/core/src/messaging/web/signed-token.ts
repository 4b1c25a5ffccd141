import { createPublicKey, type JsonWebKey, type KeyObject, verify } from "node:crypto";
import { ApiError } from "../../kernel/http/api-error.ts";
import type { MessengerSignIn } from "../model.ts";

/** Who a page says that its visitor is, by a token of the page's own sign-in. */
export interface SignedIn {
	/** The same person on every device. */
	subject: string;
	name?: string;
	email?: string;
}

/** A key of the page's sign-in. */
export type PublicJwk = JsonWebKey & { kid?: string; use?: string };

/** Clocks go a little wrong, seconds. */
const leeway = 60;

/** How signatures are checked, by `alg` (RFC 7518; 8037): none that a public key could make, and no `none`. */
const algorithms: Readonly<Record<string, { kty: string; hash?: string; isRaw?: true }>> = {
	RS256: { kty: "RSA", hash: "sha256" },
	RS512: { kty: "RSA", hash: "sha512" },
	ES256: { kty: "EC", hash: "sha256", isRaw: true },
	EdDSA: { kty: "OKP" },
};

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
	const [head = "", body = "", signature = "", ...more] = token.split(".");
	const { alg, kid } = jsonOf(head);
	const rule = typeof alg === "string" && Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
	if (!rule || more.length > 0) throw new SignInRefused("algorithm", "Its form or algorithm is not taken.");
	const keys = await keysOf(typeof kid === "string" ? kid : undefined);
	const input = Buffer.from(`${head}.${body}`);
	const mark = Buffer.from(signature, "base64url");
	const isOurs = keys.some((jwk) => jwk.kty === rule.kty && isSignedBy(keyOf(jwk), rule, input, mark));
	if (!isOurs) throw new SignInRefused("signature", "It is signed by no key of the issuer.");
	return claimsOf(jsonOf(body), { issuer, audience }, Math.floor(now.getTime() / 1000));
}

function claimsOf(
	claims: Record<string, unknown>,
	wanted: { issuer: string; audience: string },
	now: number,
): SignedIn {
	const { iss, aud, sub, exp, nbf, name, email } = claims;
	if (iss !== wanted.issuer) throw new SignInRefused("issuer", "It is of another issuer.");
	if (![aud].flat().includes(wanted.audience)) throw new SignInRefused("audience", "It is for another audience.");
	if (typeof exp !== "number" || exp + leeway <= now) throw new SignInRefused("expired", "Its time is over.");
	if (nbf !== undefined && (typeof nbf !== "number" || nbf - leeway > now))
		throw new SignInRefused("early", "Its time has not come.");
	if (typeof sub !== "string" || sub === "" || sub.length > 200) throw new SignInRefused("subject", "It names nobody.");
	return {
		subject: sub,
		...(typeof name === "string" ? { name } : {}),
		...(typeof email === "string" ? { email } : {}),
	};
}

function isSignedBy(
	key: KeyObject | undefined,
	rule: { hash?: string; isRaw?: true },
	input: Buffer,
	mark: Buffer,
): boolean {
	if (!key) return false;
	const asked = rule.isRaw ? { key, dsaEncoding: "ieee-p1363" as const } : key;
	try {
		return verify(rule.hash ?? null, input, asked, mark);
	} catch {
		return false;
	}
}

/** Undefined for what is no public key. */
function keyOf(jwk: PublicJwk): KeyObject | undefined {
	try {
		return createPublicKey({ key: jwk, format: "jwk" });
	} catch {
		return undefined;
	}
}

function jsonOf(part: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
		if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
	} catch {
		// As what is none.
	}
	throw new SignInRefused("malformed", "It is no token.");
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
