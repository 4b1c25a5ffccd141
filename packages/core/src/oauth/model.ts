/** Values of `authorizedGrantType` that this server offers (platform-api 2.2); the others are refused at creation. */
export const grantTypes = ["CODE", "TOKEN", "CLIENT-CREDENTIALS"] as const;
export type GrantType = (typeof grantTypes)[number];

export const clientStates = ["active", "disabled", "inactive"] as const;
export type ClientState = (typeof clientStates)[number];

/** What an administrator has made of an application (platform-api 2.1). */
export const authorizationStates = ["Unauthorized", "Requested", "Authorized", "Revoked"] as const;
export type AuthorizationState = (typeof authorizationStates)[number];

/** What a client of people may do in the organization, where scopes are enforced; decided beside what it asks for itself. */
export interface ClientAuthorization {
	state: AuthorizationState;
	/** Of those that the client asks for. */
	scopes: string[];
	/** Only for who holds one of these roles; for everybody when empty. */
	roleIds: string[];
	dateCreated: Date;
	dateModified: Date;
	createdBy: string | null;
	modifiedBy: string | null;
}

/** An application that may ask for tokens. */
export interface OAuthClient {
	/** Also the `client_id`. */
	id: string;
	name: string;
	description: string | null;
	grantType: GrantType;
	/** Compared as whole strings, never by pattern. */
	redirectUris: string[];
	/** SHA-256 of the secret, hex; the secret itself is shown once and never kept. */
	secretHash: string | null;
	/** The user whom the answer with the secret went to: of all people only they may know it. */
	secretShownTo: string | null;
	/** Unused with client credentials, which are judged by roles. */
	scopes: string[];
	/** Lifetime of its access tokens, in seconds. */
	accessTokenValiditySeconds: number;
	state: ClientState;
	dateCreated: Date;
	dateModified: Date;
	createdBy: string | null;
	modifiedBy: string | null;
	dateToDelete: Date | null;
	/** Grows with every change; clients send the one that they have seen. */
	version: number;
	authorization: ClientAuthorization;
}

/** An access token as it is kept: by its hash. */
export interface StoredToken {
	hash: string;
	clientId: string;
	/** Absent with client credentials. */
	userId: string | null;
	/** Tokens that grew from the same code, so that a replay of the code ends them all. */
	familyId: string;
	createdAt: Date;
	expiresAt: Date;
	lastUsedAt: Date;
	/** Of a token of the panel's own: the client of the token that it was exchanged for (decision 33). */
	subjectClientId: string | null;
}

/** An authorization code that waits to be redeemed once. */
export interface StoredCode {
	hash: string;
	clientId: string;
	userId: string;
	redirectUri: string;
	/** S256 challenge (RFC 7636); null where the client must prove its secret instead. */
	challenge: string | null;
	familyId: string;
	expiresAt: Date;
	redeemedAt: Date | null;
	/** When its user has signed in by hand; null: just now. */
	signedInAt: Date | null;
}

export interface StoredRefreshToken {
	hash: string;
	clientId: string;
	userId: string;
	familyId: string;
	createdAt: Date;
	/** When the family's user signed in: renewing does not move it, and the session's end counts from it. */
	signedInAt: Date;
	expiresAt: Date;
	usedAt: Date | null;
	/** It came of PKCE without a secret, and is renewed without one: a program in a browser keeps no secrets. */
	isPublic: boolean;
}

/** A browser in which a user has signed in to a client by hand, and may go on without being asked. */
export interface StoredSignInSession {
	/** Of the cookie; it may be of several clients. */
	hash: string;
	clientId: string;
	userId: string;
	/** Where the sign-in led; nothing that comes of it goes anywhere else. */
	redirectUri: string;
	/** Of the tokens that came of the sign-in. */
	familyId: string;
	signedInAt: Date;
	expiresAt: Date;
}

/**
 * Why a token opens nothing any more; told to whoever has something open for it. `ENDED_FOR_USER`: somebody who may end others'
 * sessions has ended all of them; `ENDED_ONE`: one of them, and others may go on.
 */
export type TokenEnd =
	| "EXPIRED"
	| "IDLE"
	| "SIGNED_OUT"
	| "CLIENT_DISABLED"
	| "USER_INACTIVE"
	| "REUSED"
	| "ENDED_FOR_USER"
	| "ENDED_ONE";
