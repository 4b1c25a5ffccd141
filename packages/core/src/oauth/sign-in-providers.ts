import type { Trx } from "../kernel/database/database.ts";
import type { RefusalReason } from "../users/sign-in/refusals.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";

/** An identity provider as the sign-in pages know it. */
export interface OfferedProvider {
	id: string;
	/** By which scripts and addresses name it. */
	name: string;
	/** By which people know it. */
	label: string;
}

/** Nobody was let in; `reason` is for operators, and what the person reads follows from it. */
export interface ProviderRefusal {
	kind: "refused";
	reason: RefusalReason;
	detail?: string;
	userId?: string;
	provider?: OfferedProvider;
	/** What somebody wanted to sign in to, where this browser has begun it. */
	request?: AuthorizeRequest;
}

/** Where a browser goes, and the cookies that it is given: the one that it brings back, and older ones that go. */
export interface ProviderWay {
	kind: "away";
	location: string;
	cookies: string[];
}

/** Somebody whom a provider vouches for. */
export interface ProviderSignIn {
	kind: "in";
	/** Of this one sign-in: it lets in once. */
	id: string;
	userId: string;
	provider: OfferedProvider;
	request: AuthorizeRequest;
	/** By which one signs out there. */
	idToken?: string;
}

/** An administrator has tried a provider: nobody is signed in. */
export interface ProviderTrial {
	kind: "trial";
	provider: OfferedProvider;
	/** What has come, as it came. */
	claims: Readonly<Record<string, unknown>>;
	/** Whose account it would be. */
	account?: { name: string; email: string };
	/** It would be made. */
	isNew: boolean;
	/** Names of groups, and of roles with their divisions, that the sign-in would give. */
	gains: readonly string[];
	/** Why nobody would be let in. */
	refusal?: RefusalReason;
	detail?: string;
}

/** What comes back from a provider. */
export interface CameBack {
	state: string | undefined;
	/** Of the address, or of a SAML provider's form. */
	fields: URLSearchParams;
	cookies: string | undefined;
	address: string;
}

export type ProviderOutcome = (ProviderSignIn | ProviderRefusal | ProviderTrial) & {
	/** Cookies to be set with the answer. */
	cookies: string[];
};

/** Sign-in by companies' identity providers; the sso domain has them. */
export interface SignInProviders {
	/** Those that the sign-in page offers. */
	offered(): Promise<OfferedProvider[]>;
	/** The one that somebody names. @param orgName what the script calls this organization */
	named(name: string, orgName?: string): Promise<OfferedProvider | ProviderRefusal>;
	/** Sends a browser off. @param from its address, and what it carries (the `Cookie` header) */
	begin(
		provider: OfferedProvider,
		request: AuthorizeRequest,
		from: { address: string; cookies: string | undefined },
	): Promise<ProviderWay | ProviderRefusal>;
	/** The same for an administrator who tries one. @param ticket of {@link trialTicket} */
	beginTrial(ticket: string, cookies: string | undefined): Promise<ProviderWay | ProviderRefusal>;
	finish(came: CameBack): Promise<ProviderOutcome>;
	/** Whether passwords let only administrators of providers in. */
	passwordsOff(): Promise<boolean>;
	/** Whether a password lets this user in. */
	acceptsPasswordOf(userId: string): Promise<boolean>;
	/** In the change in which a provider's person gets what they signed in for. */
	signedIn(
		trx: Trx,
		session: { familyId: string; userId: string; providerId: string; idToken?: string },
	): Promise<void>;
	/** Where a provider signs out whoever came by it, with these families of tokens. */
	signOutAddress(familyIds: readonly string[], returnTo: string | undefined): Promise<string | undefined>;
	/** Where one goes on after a provider has signed one out. */
	signedOut(state: string | undefined): Promise<string | undefined>;
}

/** Where no provider is. */
export const noProviders: SignInProviders = {
	offered: async () => [],
	named: async () => ({ kind: "refused", reason: "sso-unknown-provider" }),
	begin: async () => ({ kind: "refused", reason: "sso-unknown-provider" }),
	beginTrial: async () => ({ kind: "refused", reason: "sso-unknown-provider" }),
	finish: async () => ({ kind: "refused", reason: "sso-unknown-provider", cookies: [] }),
	passwordsOff: async () => false,
	acceptsPasswordOf: async () => true,
	async signedIn() {},
	signOutAddress: async () => undefined,
	signedOut: async () => undefined,
};
