import { isDeepStrictEqual } from "node:util";
import { decodeJwt } from "jose";
import type { Authorization } from "../authorization/authorization.ts";
import { everyDivision } from "../authorization/model.ts";
import type { Kernel } from "../kernel/domain.ts";
import { holds } from "../kernel/principal.ts";
import { seal, unseal } from "../kernel/sealing.ts";
import type { AuthorizeRequest } from "../oauth/authorize-request.ts";
import type {
	CameBack,
	OfferedProvider,
	ProviderOutcome,
	ProviderRefusal,
	ProviderWay,
	SignInProviders,
} from "../oauth/sign-in-providers.ts";
import { sessionLimitOf } from "../users/organization-settings.ts";
import type { Users } from "../users/users.ts";
import type { Accounts } from "./accounts.ts";
import { causesOf } from "./causes.ts";
import { identitySessionStore } from "./identities-store.ts";
import type { SsoKeys } from "./keys.ts";
import { type IdentityProvider, type Person, SsoRefused } from "./model.ts";
import type { Oidc } from "./oidc.ts";
import type { RoundTrip, RoundTrips } from "./round-trip.ts";
import type { Saml } from "./saml.ts";
import type { ProviderStore } from "./store.ts";
import type { SealedTickets } from "./tickets.ts";
import type { createTrials } from "./trial.ts";

/** How long an administrator's button and the way back from signing out are good, ms. */
const ticketLifetimeMs = 10 * 60_000;

interface SignInParts {
	users: Users;
	authorization: Authorization;
	store: ProviderStore;
	keyOf: SsoKeys;
	accounts: Accounts;
	trials: ReturnType<typeof createTrials>;
	roundTrips: RoundTrips;
	tickets: SealedTickets;
	oidc: Oidc;
	saml: Saml;
	/** Where providers send people who have signed out there. */
	signedOutUri: string;
}

/** Signing in by a provider: there, back, and who it was. Pages and tokens are the oauth domain's. */
export function createProviderSignIn(
	kernel: Kernel,
	parts: SignInParts,
): SignInProviders & {
	trialAddress(provider: IdentityProvider): Promise<string>;
} {
	const { database, clock } = kernel;
	const { users, authorization, store, keyOf, accounts, trials, roundTrips, tickets, oidc, saml } = parts;

	async function named(name: string, orgName?: string): Promise<OfferedProvider | ProviderRefusal> {
		const wanted = name.trim().toLowerCase();
		const provider = await store.named(wanted);
		// Anything may stand in an address: only what could be a name is told.
		const detail = /^[a-z0-9-]{1,40}$/.test(wanted) ? wanted : "no name";
		if (!provider) return { kind: "refused", reason: "sso-unknown-provider", detail };
		if (orgName && !(await isOurs(orgName))) return { kind: "refused", reason: "sso-other-organization" };
		return provider;
	}

	async function isOurs(orgName: string): Promise<boolean> {
		const { id, name, domain } = await users.organization.get();
		return [id, name, domain].some((own) => own.toLowerCase() === orgName.trim().toLowerCase());
	}

	async function begin(
		offered: OfferedProvider,
		request: AuthorizeRequest,
		{ address, cookies }: { address: string; cookies: string | undefined },
	) {
		if (!(await users.organization.allowsAddress(address)))
			return { kind: "refused" as const, reason: "address-not-allowed" as const, provider: offered, request };
		return leave(offered.id, { providerId: offered.id, request }, cookies);
	}

	async function beginTrial(ticket: string, cookies: string | undefined) {
		const trial = await tickets.read<{ providerId: string }>("trial", ticket);
		if (!trial) return { kind: "refused" as const, reason: "sso-other-browser" as const, detail: "trial" };
		return leave(trial.providerId, { providerId: trial.providerId }, cookies);
	}

	/** @param content what comes back with the browser */
	async function leave(
		providerId: string,
		content: Pick<RoundTrip, "providerId" | "request">,
		carried: string | undefined,
	): Promise<ProviderWay | ProviderRefusal> {
		const provider = await store.get(providerId);
		const { request } = content;
		const about = { ...(provider ? { provider: offeredView(provider) } : {}), ...(request ? { request } : {}) };
		if (!provider) return { kind: "refused", reason: "sso-unknown-provider", ...about };
		try {
			const { trust } = provider;
			const options = { crossSitePost: trust.kind === "saml", cookies: carried };
			const { state, trip, cookies } = await roundTrips.begin(content, options);
			const location =
				trust.kind === "oidc" ? await oidc.begin(trust, trip, state) : await saml.begin(provider, trust, trip, state);
			return { kind: "away", location, cookies };
		} catch (error) {
			return { kind: "refused", ...refusalOf(error, provider), ...about };
		}
	}

	async function finish({ state, fields, cookies, address }: CameBack): Promise<ProviderOutcome> {
		const trip = await roundTrips.read(state, cookies);
		if (!trip || state === undefined) return { kind: "refused", reason: "sso-other-browser", cookies: [] };
		const provider = await store.get(trip.providerId);
		const isOver = !provider || (trip.request !== undefined && !provider.enabled);
		const { request } = trip;
		const about = {
			...(provider ? { provider: offeredView(provider) } : {}),
			...(request ? { request } : {}),
			cookies: [roundTrips.forget(state)],
		};
		if (isOver) return { kind: "refused", reason: "sso-unknown-provider", ...about };
		try {
			if (request && !(await users.organization.allowsAddress(address))) throw new SsoRefused("address-not-allowed");
			const person = await prove(provider, trip, state, fields);
			if (!request) return { ...(await trials.tell(provider, person)), cookies: about.cookies };
			const user = await accounts.enter(await asItIsNow(provider), person);
			const { idToken } = person;
			return {
				kind: "in",
				id: trip.id,
				userId: user.id,
				...about,
				provider: offeredView(provider),
				request,
				...(idToken ? { idToken } : {}),
			};
		} catch (error) {
			return { kind: "refused", ...refusalOf(error, provider), ...about };
		}
	}

	/** What a person is told of it, and an operator beside the refusal: what has led to it. */
	function refusalOf(
		error: unknown,
		{ name }: IdentityProvider,
	): Pick<ProviderRefusal, "reason" | "detail" | "userId"> {
		if (!(error instanceof SsoRefused)) throw error;
		const { reason, detail, userId, cause } = error;
		if (cause !== undefined) {
			const about = { provider: name, reason, causes: causesOf(cause) };
			kernel.operators.warn({ event: "sso.cause", ...about }, "what led to a refused sign-in by an identity provider");
		}
		return { reason, ...(detail ? { detail } : {}), ...(userId ? { userId } : {}) };
	}

	/** While somebody is asked after at a provider, it may have been switched off, or be trusted by other means. */
	async function asItIsNow(provider: IdentityProvider): Promise<IdentityProvider> {
		const now = await store.get(provider.id);
		if (now?.enabled && isDeepStrictEqual(now.trust, provider.trust)) return now;
		throw new SsoRefused("sso-unknown-provider");
	}

	function prove(provider: IdentityProvider, trip: RoundTrip, state: string, fields: URLSearchParams): Promise<Person> {
		const { trust, claims } = provider;
		if (trust.kind === "saml") return saml.finish(provider, trust, trip, fields);
		return oidc.finish(trust, claims, trip, { state, query: fields });
	}

	async function signOutAddress(familyIds: readonly string[], returnTo: string | undefined) {
		const session = await identitySessionStore.find(database.db, familyIds);
		const provider = session && (await store.get(session.providerId));
		if (!session || provider?.trust.kind !== "oidc" || !provider.trust.endsSession) return undefined;
		const idToken = session.idToken ? unseal(await keyOf("seal"), session.familyId, session.idToken) : undefined;
		const state = await tickets.make("signed-out", returnTo === undefined ? {} : { returnTo }, ticketLifetimeMs);
		const hint = idToken === undefined ? {} : { idToken };
		try {
			return await oidc.signOutAddress(provider.trust, { ...hint, returnTo: parts.signedOutUri, state });
		} catch (error) {
			if (!(error instanceof SsoRefused)) throw error;
			// Signed out here all the same.
			const about = { provider: provider.name, detail: error.detail, causes: causesOf(error.cause) };
			kernel.operators.warn({ event: "sso.sign-out", ...about }, "a provider could not be asked to sign somebody out");
			return undefined;
		}
	}

	return {
		named,
		begin,
		beginTrial,
		finish,
		signOutAddress,
		offered: store.offered,
		async passwordsOff() {
			return (await users.organization.get()).settings.passwordsOff ?? false;
		},
		async acceptsPasswordOf(userId) {
			if (!(await users.organization.get()).settings.passwordsOff) return true;
			// Who may change providers in one division changes none: they are the whole organization's.
			return holds({ grants: await authorization.grantsOf(userId) }, "sso:provider:edit", everyDivision);
		},
		async signedIn(trx, { familyId, userId, providerId, idToken }) {
			const { settings } = await users.organization.get(trx);
			const now = clock.now();
			const expiresAt = new Date(now.getTime() + sessionLimitOf(settings) * 1000);
			const sealed = idToken === undefined ? null : seal(await keyOf("seal", trx), familyId, idToken);
			const whose = idToken === undefined ? {} : sessionIn(idToken);
			await identitySessionStore.add(trx, { familyId, providerId, userId, idToken: sealed, ...whose, expiresAt }, now);
		},
		async signedOut(state) {
			return (await tickets.read<{ returnTo?: string }>("signed-out", state))?.returnTo;
		},
		/** Where an administrator's browser begins to try a provider, for a few minutes. */
		async trialAddress({ id }) {
			const ticket = await tickets.make("trial", { providerId: id }, ticketLifetimeMs);
			return `${kernel.config.publicUrl}/oauth/sso/try?ticket=${ticket}`;
		},
	};
}

/** What the provider calls the session and the person, in a token that was proven to be its own. */
function sessionIn(idToken: string): { sid?: string; subject?: string } {
	const { sid, sub } = decodeJwt(idToken);
	return { ...(typeof sid === "string" ? { sid } : {}), ...(sub === undefined ? {} : { subject: sub }) };
}

function offeredView({ id, name, label }: IdentityProvider): OfferedProvider {
	return { id, name, label };
}
