import type { RefusalReason } from "../users/sign-in/refusals.ts";

/** What an identity provider's group, or everybody who signs in by it, gets here. */
export interface Gift {
	/** The provider's group, as its claim names it; absent: everybody who comes by the provider. */
	group?: string;
	/** A group of ours whose member one becomes. */
	groupId?: string;
	/** A role of ours, and where it holds. */
	roleId?: string;
	/** A division's id, or `*` for every one. */
	divisionId?: string;
}

/** What makes an OpenID provider's word worth something, and how it is asked. */
export interface OidcTrust {
	kind: "oidc";
	/** Its issuer, letter for letter as its discovery document and its tokens have it. */
	issuer: string;
	clientId: string;
	/** Absent for a public client, which proves itself by PKCE alone. Never read back. */
	clientSecret?: string;
	scopes: readonly string[];
	/** Addresses count that the provider does not mark as verified (Microsoft Entra marks none). */
	acceptsUnmarkedAddresses: boolean;
	/** Signing out here signs out there too, where the provider has an address for it. */
	endsSession: boolean;
}

/** The same of a SAML 2.0 identity provider. */
export interface SamlTrust {
	kind: "saml";
	/** Its entity id. */
	issuer: string;
	/** Where its sign-in page is (HTTP-Redirect binding). */
	signInUrl: string;
	/** PEM or bare base64; two while one takes the other's place. */
	certificates: readonly string[];
	/** How this server calls itself; absent: the address of its metadata. */
	audience?: string;
	/** People prove themselves anew, even if they are signed in there. */
	forceAuthn: boolean;
}

/** How somebody is read off what a provider says: names of claims or attributes. */
export interface ClaimNames {
	address: string;
	name: string;
	/** Absent: the provider's groups are not asked for. */
	groups?: string;
}

/** A company's identity provider by which people sign in. */
export interface IdentityProvider {
	id: string;
	/** What scripts and addresses name it by (`sso.provider`): small letters, digits and dashes. */
	name: string;
	/** What the sign-in page calls it. */
	label: string;
	enabled: boolean;
	/** Offered on the sign-in page; else only who names it gets there. */
	shown: boolean;
	trust: OidcTrust | SamlTrust;
	claims: ClaimNames;
	/** Only who is in one of these groups of the provider signs in; everybody where there is none. */
	allowedGroups: readonly string[];
	/** Who has no account here gets one. */
	createsPeople: boolean;
	/** Where such an account is; absent: the home division. */
	divisionId?: string;
	gifts: readonly Gift[];
	version: number;
	dateCreated: Date;
	dateModified: Date;
}

/** What a provider has said of somebody, once it was proven to have said it. */
export interface Person {
	/** Who said it. */
	issuer: string;
	/** By what the provider knows them for ever. */
	subject: string;
	/** Absent where none was told that is one. */
	address?: string;
	/** What was told in its place is not one plain address. */
	isOddAddress?: true;
	/** What the provider says of the address; absent where it says nothing. */
	addressVerified?: boolean;
	name?: string;
	/** Absent where the provider told nothing of groups, which is not the same as being in none. */
	groups?: readonly string[];
	/** Everything it has told, for the administrator who tries it. */
	claims: Readonly<Record<string, unknown>>;
	/** Of this sign-in at the provider, for signing out there. */
	idToken?: string;
}

/** Why nobody is let in by a provider. Stable: operators search for them (docs/security.md). */
export type SsoReason = Extract<RefusalReason, `sso-${string}` | "inactive-user" | "address-not-allowed">;

/** Nobody is let in, and why: what the person reads follows from the reason. */
export class SsoRefused extends Error {
	readonly reason: SsoReason;
	/** More of it for operators, in this server's own words: no secret, nothing that was typed. */
	readonly detail: string | undefined;
	readonly userId: string | undefined;

	constructor(reason: SsoReason, more: { detail?: string; userId?: string; cause?: unknown } = {}) {
		super(more.detail ?? reason, { cause: more.cause });
		this.name = "SsoRefused";
		this.reason = reason;
		this.detail = more.detail;
		this.userId = more.userId;
	}
}
