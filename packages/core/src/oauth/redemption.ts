import type { RefusalReason } from "../users/sign-in/refusals.ts";
import type { OAuthClient, TokenEnd } from "./model.ts";

/** What a client gets; `refreshToken` only by the code grant (platform-api 2.1). */
export interface IssuedToken {
	accessToken: string;
	tokenHash: string;
	/** Seconds. */
	expiresIn: number;
	refreshToken?: string;
	/** Of an exchange (RFC 8693, 2.2.1). */
	issuedType?: string;
}

/** A refusal of the token endpoint (RFC 6749, 5.2). */
export interface Refusal {
	error:
		| "invalid_request"
		| "invalid_client"
		| "invalid_grant"
		| "unauthorized_client"
		| "unsupported_grant_type"
		| "access_denied"
		| "login_required";
	text: string;
	/** For operators. */
	reason: RefusalReason;
	/** Whose code or token it was, if anybody's. */
	userId?: string;
	/** More of the reason, for operators. */
	detail?: string;
	/** The client that the token was of, where it is not the one that asks. */
	clientId?: string;
}

export type Redemption = { issued: IssuedToken } | { refusal: Refusal };

export interface CodeRedemption {
	client: OAuthClient;
	/** Whether the client has proven its secret. */
	authenticated: boolean;
	code: string;
	redirectUri: string | undefined;
	verifier: string | undefined;
	ipAddress?: string;
}

/** A refresh token that is to be exchanged. */
export interface Renewal {
	client: OAuthClient;
	/** Whether the client has proven its secret; needed where the token did not come of PKCE without one. */
	authenticated: boolean;
	refreshToken: string;
	ipAddress?: string;
}

/** Why a session does not go on. */
export interface Over {
	/** What it has brought ends with it, as this; absent: that stays good for as long as it was given. */
	end?: TokenEnd;
	text: string;
	reason: RefusalReason;
}

export const expired: Over = { end: "EXPIRED", text: "The session has ended. Sign in again.", reason: "ended-session" };
export const idle: Over = {
	end: "IDLE",
	text: "Nobody has used the session for too long. Sign in again.",
	reason: "ended-session",
};
/** Whoever is in the middle of a call is asked, and has until the end of their token to set one up. */
export const withoutFactor: Over = {
	text: "Interaction required: the organization asks for a second factor. Sign in again to set one up.",
	reason: "factor-demanded",
};

/** Of a client that must prove its secret. */
export const unproven: Refusal = {
	error: "invalid_client",
	text: "The client is not known or its authentication failed.",
	reason: "client-credentials",
};

/** @param userId whose code or token it was */
export function invalidGrant(text: string, reason: RefusalReason, userId?: string): { refusal: Refusal } {
	return { refusal: { error: "invalid_grant", text, reason, ...(userId ? { userId } : {}) } };
}
